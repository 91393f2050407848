package io.hone.api.data;

import io.hone.api.stability.Stability;

/**
 * The shape of one image: channels, height and width.
 *
 * @param channels at least 1
 * @param height rows, at least 1
 * @param width columns, at least 1
 */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public record ImageShape(int channels, int height, int width) {
  /** Checks that every size is positive. */
  public ImageShape {
    if (channels < 1 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "an image needs positive sizes, not " + channels + " x " + height + " x " + width);
    }
  }

  /** Returns the number of features: channels x height x width. */
  public int features() {
    return Math.multiplyExact(Math.multiplyExact(channels, height), width);
  }

  /** Returns the number of pixels: height x width. */
  public int pixels() {
    return Math.multiplyExact(height, width);
  }

  /** Returns the position in a row of a tensor of the feature at a channel, row and column. */
  public int feature(int channel, int row, int column) {
    return (channel * height + row) * width + column;
  }

  @Override
  public String toString() {
    return channels + "x" + height + "x" + width;
  }
}
