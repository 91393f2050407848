package io.hone.learning.network.architecture;

import io.hone.api.Named;
import io.hone.api.model.Task;
import io.hone.network.Activation;
import io.hone.network.Architecture;
import io.hone.network.Layer;
import io.hone.network.Value;
import java.util.ArrayList;
import java.util.List;
import org.pf4j.Extension;

/**
 * A small network after Simonyan and Zisserman (2015) for images of 32 x 32: six 3x3 convolutions
 * of 32, 64 and 128 filters, pooled after each pair, and one dense layer.
 *
 * <p>Batch normalization is between each convolution and its ReLU, so the convolutions have no
 * bias. Images have at least 8 rows and columns.
 */
@Named(
    id = "small-vgg",
    summary = "Six 3x3 convolutions with batch normalisation, for images of 32x32.",
    references = "Simonyan and Zisserman 2015")
@Extension
public final class SmallVgg implements Architecture<SmallVgg.Params> {
  /** The network has no parameters. */
  public record Params() {}

  @Override
  public Task task() {
    return Task.CLASSIFIER;
  }

  @Override
  public Value build(Params parameters, Value image, int classes) {
    List<Layer> layers = new ArrayList<>();
    for (int filters : new int[] {32, 64, 128}) {
      layers.addAll(NormalizedConvolution.of(filters));
      layers.addAll(NormalizedConvolution.of(filters));
      layers.add(new Layer.MaxPooling(2));
    }
    layers.add(new Layer.Flatten());
    layers.add(new Layer.Dense(classes, Activation.NONE));
    return image.through(layers);
  }
}
