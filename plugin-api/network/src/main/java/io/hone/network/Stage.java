package io.hone.network;

import io.hone.api.data.ImageShape;
import io.hone.api.stability.Stability;
import java.util.List;

/**
 * A layer at its place in a network.
 *
 * @param name unique in its network, such as {@code conv1}
 * @param layer what it does
 * @param sources names of the stages that it reads, or {@link Network#IMAGE}
 * @param inputs what it reads of each of them
 * @param output what it makes
 */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
public record Stage(
    String name, Layer layer, List<String> sources, List<Form> inputs, Form output) {
  /** Copies the lists. */
  public Stage {
    sources = List.copyOf(sources);
    inputs = List.copyOf(inputs);
  }

  /** Returns the shape of the first input; features in a row are channels of one pixel. */
  public ImageShape in() {
    return inputs.get(0).shape();
  }

  /** Returns the shape of the output; features in a row are channels of one pixel. */
  public ImageShape out() {
    return output.shape();
  }

  /** Returns the name of one of the layer's weights, such as {@code conv1.kernel}. */
  public String weight(String part) {
    return name + "." + part;
  }
}
