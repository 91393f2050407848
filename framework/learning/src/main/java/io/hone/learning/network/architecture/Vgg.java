package io.hone.learning.network.architecture;

import io.hone.api.Named;
import io.hone.api.Param;
import io.hone.api.model.Task;
import io.hone.network.Activation;
import io.hone.network.Architecture;
import io.hone.network.GlobalPooling;
import io.hone.network.Layer;
import io.hone.network.Value;
import java.util.List;
import org.pf4j.Extension;

/**
 * VGG-13 and VGG-16 (Simonyan and Zisserman 2015) for images of 28 x 28 or 32 x 32: five blocks of
 * 3x3 convolutions with the published numbers of layers.
 *
 * <p>Four times fewer filters than published is usual here. The first three blocks are pooled, the
 * last two share the size of 3 x 3 or 4 x 4, and the mean of each channel goes into one dense layer
 * of 128 units before the classes. Batch normalization is behind each convolution.
 */
@Named(
    id = "vgg",
    summary = "VGG-13 or VGG-16 with few filters and batch normalisation, for small images.",
    references = "Simonyan and Zisserman 2015",
    example = "{depth: vgg16}")
@Extension
public final class Vgg implements Architecture<Vgg.Params> {
  private static final int POOLED_BLOCKS = 3;
  private static final int UNITS = 128;

  /** How many layers with weights the published network has. */
  public enum Depth {
    /** Two convolutions in each block. */
    VGG13(2, 2, 2, 2, 2),
    /** Three convolutions in each of the last three blocks. */
    VGG16(2, 2, 3, 3, 3);

    private final List<Integer> convolutions;

    Depth(Integer... convolutions) {
      this.convolutions = List.of(convolutions);
    }
  }

  /** The size of the network. */
  public record Params(
      @Param(value = "How many convolutions each block has, as published.", def = "vgg13")
          Depth depth,
      @Param(
              value = "Filters of the first block; each block doubles them, up to eight times.",
              def = "16",
              min = 1,
              max = 64)
          int filters) {}

  @Override
  public Task task() {
    return Task.CLASSIFIER;
  }

  @Override
  public Value build(Params parameters, Value image, int classes) {
    Value value = image;
    List<Integer> convolutions = parameters.depth().convolutions;
    for (int block = 0; block < convolutions.size(); block++) {
      int filters = parameters.filters() << Math.min(block, POOLED_BLOCKS);
      for (int layer = 0; layer < convolutions.get(block); layer++) {
        value = value.through(NormalizedConvolution.of(filters));
      }
      if (block < POOLED_BLOCKS) {
        value = value.then(new Layer.MaxPooling(2));
      }
    }
    return value
        .then(GlobalPooling.average())
        .then(new Layer.Dense(UNITS, Activation.RELU))
        .then(new Layer.Dense(classes, Activation.NONE));
  }
}
