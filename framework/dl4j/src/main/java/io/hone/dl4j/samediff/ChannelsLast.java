package io.hone.dl4j.samediff;

import io.hone.api.data.ImageShape;

/** Moves the channels of images from first to last and back: SameDiff wants them last. */
public final class ChannelsLast {
  private final ImageShape shape;

  /** Creates the mover for images of a shape. */
  public ChannelsLast(ImageShape shape) {
    this.shape = shape;
  }

  /**
   * Writes an image with its channels last.
   *
   * @param image one row, channel by channel
   * @param into receives it from {@code offset} on
   */
  public void channelsLast(float[] image, float[] into, int offset) {
    int channels = shape.channels();
    int pixels = shape.pixels();
    for (int channel = 0; channel < channels; channel++) {
      for (int pixel = 0; pixel < pixels; pixel++) {
        into[offset + pixel * channels + channel] = image[channel * pixels + pixel];
      }
    }
  }

  /**
   * Writes an image with its channels first.
   *
   * @param from holds it, channels last, from {@code offset} on
   * @param image one row, channel by channel
   */
  public void channelsFirst(float[] from, int offset, float[] image) {
    int channels = shape.channels();
    int pixels = shape.pixels();
    for (int channel = 0; channel < channels; channel++) {
      for (int pixel = 0; pixel < pixels; pixel++) {
        image[channel * pixels + pixel] = from[offset + pixel * channels + channel];
      }
    }
  }
}
