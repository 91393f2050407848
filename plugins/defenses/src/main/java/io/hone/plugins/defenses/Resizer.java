package io.hone.plugins.defenses;

import io.hone.api.data.ImageShape;
import io.hone.plugins.defenses.Interpolation.Sampling;

/** Resizes images to one size, into any place of a larger one. */
final class Resizer {
  private final ImageShape from;
  private final Sampling rows;
  private final Sampling columns;
  private final int height;
  private final int width;

  Resizer(ImageShape from, int height, int width, Interpolation interpolation) {
    this.from = from;
    this.height = height;
    this.width = width;
    rows = interpolation.sampling(from.height(), height);
    columns = interpolation.sampling(from.width(), width);
  }

  /**
   * Writes the resized image.
   *
   * @param into an image of {@code canvas}; only the resized image's place in it is written
   * @param top row of the canvas where it begins
   * @param left column of the canvas where it begins
   */
  void resize(float[] image, float[] into, ImageShape canvas, int top, int left) {
    for (int channel = 0; channel < from.channels(); channel++) {
      for (int row = 0; row < height; row++) {
        int target = canvas.feature(channel, top + row, left);
        int above = from.feature(channel, rows.low(row), 0);
        int below = from.feature(channel, rows.high(row), 0);
        for (int column = 0; column < width; column++) {
          double upper = between(image, above, column);
          double lower = between(image, below, column);
          into[target + column] = (float) (upper + rows.weight(row) * (lower - upper));
        }
      }
    }
  }

  private double between(float[] image, int rowStart, int column) {
    double left = image[rowStart + columns.low(column)];
    double right = image[rowStart + columns.high(column)];
    return left + columns.weight(column) * (right - left);
  }
}
