package io.hone.learning.network.architecture;

import io.hone.network.Activated;
import io.hone.network.Activation;
import io.hone.network.Architecture;
import io.hone.network.GlobalPooling;
import io.hone.network.Joint;
import io.hone.network.KernelStart;
import io.hone.network.Layer;
import io.hone.network.Padding;
import io.hone.network.Value;

/**
 * The residual network of 20 layers for images of 32 x 32 (He et al. 2016, section 4.2): one
 * convolution, three stages of three blocks with 16, 32 and 64 filters, the mean of all pixels, and
 * one dense layer.
 *
 * <p>The two shortcuts that change the size are 1x1 convolutions with stride 2 and a normalisation:
 * option B of the paper, whose own networks of this size pad with zeros (option A).
 */
public final class ResNet20 implements Architecture {
  private static final float EPSILON = 1e-5f;
  private static final int BLOCKS = 3;

  @Override
  public Value build(Value image, int classes) {
    Value value = relu(convolution(image, 16, 3, 1));
    for (int filters : new int[] {16, 32, 64}) {
      for (int block = 0; block < BLOCKS; block++) {
        value = block(value, filters, filters > 16 && block == 0 ? 2 : 1);
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
