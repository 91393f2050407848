package io.hone.report;

import io.hone.api.geometry.EightBit;
import io.hone.api.geometry.Pixels;
import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;

/** Turns features in [0, 1] into pictures. */
final class Bitmap {
  private static final int RGB = 3;

  private Bitmap() {}

  /**
   * Returns an image on the 8-bit grid: three channels in colour, one in grey; any other number of
   * channels as their mean in grey.
   *
   * @param features channel by channel, in [0, 1]
   * @param blocks how many of the image's pixels one of the picture stands for
   */
  static BufferedImage of(float[] features, Blocks blocks) {
    boolean colour = blocks.shape().channels() == RGB;
    BufferedImage image =
        new BufferedImage(
            blocks.width(),
            blocks.height(),
            colour ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_BYTE_GRAY);
    WritableRaster raster = image.getRaster();
    for (int row = 0; row < blocks.height(); row++) {
      for (int column = 0; column < blocks.width(); column++) {
        if (colour) {
          for (int channel = 0; channel < RGB; channel++) {
            raster.setSample(
                column, row, channel, grey(blocks.mean(features, channel, row, column)));
          }
        } else {
          raster.setSample(column, row, 0, grey(mean(features, blocks, row, column)));
        }
      }
    }
    return image;
  }

  /** Returns the 8-bit value of a feature; 0 for what is no number. */
  static int grey(double value) {
    return EightBit.level(Pixels.clip(Double.isNaN(value) ? 0 : value));
  }

  private static double mean(float[] features, Blocks blocks, int row, int column) {
    int channels = blocks.shape().channels();
    double sum = 0;
    for (int channel = 0; channel < channels; channel++) {
      sum += blocks.mean(features, channel, row, column);
    }
    return sum / channels;
  }
}
