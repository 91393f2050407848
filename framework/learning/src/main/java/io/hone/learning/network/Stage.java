package io.hone.learning.network;

import io.hone.api.data.ImageShape;

/**
 * A layer at its place in a network.
 *
 * @param name unique in its network, such as {@code conv1}
 * @param layer what it does
 * @param in shape of its input; flat features are channels of one pixel
 * @param out shape of its output
 */
public record Stage(String name, Layer layer, ImageShape in, ImageShape out) {
  /** Returns the name of one of the layer's weights, such as {@code conv1.kernel}. */
  public String weight(String part) {
    return name + "." + part;
  }

  /** Returns the numbers of one of the layer's weights, not to be written to. */
  public float[] weightsOf(Weights weights, String part) {
    return weights.get(weight(part));
  }
}
