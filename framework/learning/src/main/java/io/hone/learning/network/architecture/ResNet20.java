package io.hone.learning.network.architecture;

import io.hone.api.Named;
import io.hone.api.Param;
import io.hone.api.model.Task;
import io.hone.network.Activated;
import io.hone.network.Activation;
import io.hone.network.Architecture;
import io.hone.network.GlobalPooling;
import io.hone.network.Joint;
import io.hone.network.KernelStart;
import io.hone.network.Layer;
import io.hone.network.Padding;
import io.hone.network.Value;
import org.pf4j.Extension;

/**
 * The residual network for images of 32 x 32 (He et al. 2016, section 4.2): one convolution, three
 * stages of blocks, the mean of all pixels, and one dense layer. Three blocks a stage, with 16, 32
 * and 64 filters, make the network of 20 layers.
 *
 * <p>The two shortcuts that change the size are 1x1 convolutions with stride 2 and a normalisation:
 * option B of the paper, whose own networks of this size pad with zeros (option A).
 */
@Named(
    id = "resnet20",
    summary = "A residual network of three stages, for images of 32x32.",
    references = "He et al. 2016, section 4.2",
    example = "{filters: 8, blocks: 1}")
@Extension
public final class ResNet20 implements Architecture<ResNet20.Params> {
  private static final float EPSILON = 1e-5f;
  private static final int STAGES = 3;

  /** How wide and how deep the network is. */
  public record Params(
      @Param(
              value = "Filters of the first stage; each later stage has twice as many.",
              def = "16",
              min = 1,
              max = 1024)
          int filters,
      @Param(
              value =
                  "Blocks of each stage: 3 make 20 layers, and each further block makes 6 more.",
              def = "3",
              min = 1,
              max = 100)
          int blocks) {}

  @Override
  public Task task() {
    return Task.CLASSIFIER;
  }

  @Override
  public Value build(Params parameters, Value image, int classes) {
    int filters = parameters.filters();
    Value value = relu(convolution(image, filters, 3, 1));
    for (int stage = 0; stage < STAGES; stage++) {
      for (int block = 0; block < parameters.blocks(); block++) {
        value = block(value, filters << stage, stage > 0 && block == 0 ? 2 : 1);
      }
    }
    return value.then(GlobalPooling.average()).then(new Layer.Dense(classes, Activation.NONE));
  }

  private static Value block(Value input, int filters, int stride) {
    Value inner = relu(convolution(input, filters, 3, stride));
    Value residual = convolution(inner, filters, 3, 1);
    Value shortcut = stride == 1 ? input : convolution(input, filters, 1, stride);
    return relu(residual.then(new Joint.Add(), shortcut));
  }

  /** Returns a normalised convolution, without an activation. */
  private static Value convolution(Value input, int filters, int kernel, int stride) {
    return input
        .then(
            new Layer.Convolution(filters, kernel, stride, Padding.SAME, Activation.NONE)
                .withoutBias()
                .startingWith(KernelStart.HE_UNIFORM))
        .then(new Layer.BatchNormalization(EPSILON));
  }

  private static Value relu(Value value) {
    return value.then(new Activated(Activation.RELU));
  }
}
