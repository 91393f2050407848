package io.hone.api.activation;

import io.hone.api.stability.Stability;

/**
 * The neurons behind one value inside a network, for images of one shape.
 *
 * <p>A row of the value has {@code channels * positions} numbers. The units of a channel share
 * their weights, as the pixels of a convolution's result do. In a dense layer each unit is a
 * channel.
 *
 * @param name of the value, unique in its network
 * @param operator whose result the value is, as the model's file calls it
 * @param channels at least 1
 * @param positions of each channel, at least 1
 * @param order how a row is laid out
 * @param activation whether the value is what an activation function returns
 */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
public record NeuronLayer(
    String name, String operator, int channels, int positions, Order order, boolean activation) {
  /** How the numbers of a row follow each other. */
  public enum Order {
    /** All positions of a channel follow each other, as in {@code [N, C, H, W]}. */
    CHANNELS_FIRST,

    /** All channels of a position follow each other, as in {@code [N, tokens, C]}. */
    CHANNELS_LAST
  }

  /** Checks the sizes. */
  public NeuronLayer {
    if (channels < 1 || positions < 1) {
      throw new IllegalArgumentException(
          "the layer " + name + " has " + channels + " channels of " + positions + " positions");
    }
  }

  /** Returns how many numbers a row has. */
  public int units() {
    return Math.multiplyExact(channels, positions);
  }

  /**
   * Returns where a row has the number of a channel at a position.
   *
   * @param channel from 0 to below {@link #channels}
   * @param position from 0 to below {@link #positions}
   */
  public int unit(int channel, int position) {
    return order == Order.CHANNELS_FIRST
        ? channel * positions + position
        : position * channels + channel;
  }
}
