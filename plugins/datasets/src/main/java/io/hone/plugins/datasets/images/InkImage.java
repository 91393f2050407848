package io.hone.plugins.datasets.images;

import io.hone.plugins.datasets.images.ImageHeader.Inks;
import java.awt.image.Raster;

/**
 * An image of cyan, magenta, yellow and black, which becomes red, green and blue without a colour
 * profile: each ink takes its share of the light, {@code red = (1 - cyan) * (1 - black)}.
 */
final class InkImage {
  private static final int BLACK = 3;
  private static final float LARGEST = 255f;
  private static final float MIDDLE = 128f;

  private InkImage() {}

  /**
   * Converts samples.
   *
   * @param raster of four bands with values from 0 to 255
   */
  static Pixels pixels(Raster raster, Inks inks) {
    int width = raster.getWidth();
    Pixels pixels = new Pixels(3, raster.getHeight(), width);
    int[] samples = new int[4 * width];
    float[] light = new float[3];
    for (int row = 0; row < raster.getHeight(); row++) {
      raster.getPixels(0, row, width, 1, samples);
      for (int column = 0; column < width; column++) {
        int start = 4 * column;
        light(samples, start, inks, light);
        int black = samples[start + BLACK];
        float left = (inks == Inks.CMYK ? LARGEST - black : black) / LARGEST;
        for (int channel = 0; channel < light.length; channel++) {
          pixels.set(channel, row, column, light[channel] * left);
        }
      }
    }
    return pixels;
  }

  /** Sets what light cyan, magenta and yellow leave of red, green and blue, from 0 to 1. */
  private static void light(int[] samples, int start, Inks inks, float[] light) {
    if (inks == Inks.INVERTED_YCCK) {
      // ITU-R BT.601, which JPEG files use.
      float luma = samples[start];
      float blue = samples[start + 1] - MIDDLE;
      float red = samples[start + 2] - MIDDLE;
      light[0] = clipped(luma + 1.402f * red);
      light[1] = clipped(luma - 0.344136f * blue - 0.714136f * red);
      light[2] = clipped(luma + 1.772f * blue);
      return;
    }
    for (int channel = 0; channel < light.length; channel++) {
      int stored = samples[start + channel];
      light[channel] = (inks == Inks.CMYK ? LARGEST - stored : stored) / LARGEST;
    }
  }

  private static float clipped(float value) {
    return Math.max(0, Math.min(LARGEST, value)) / LARGEST;
  }
}
