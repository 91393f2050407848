package io.hone.report;

import io.hone.api.data.ImageShape;

/**
 * Divides an image into squares, each shown as one pixel, so that pictures of large images do not
 * swell the page.
 *
 * @param shape of the images
 * @param side of a square in the image's pixels; 1 shows the image as it is
 */
record Blocks(ImageShape shape, int side) {
  private static final int LARGEST = 128;

  /** Returns the smallest squares that keep a picture within 128 x 128. */
  static Blocks of(ImageShape shape) {
    int longest = Math.max(shape.width(), shape.height());
    return new Blocks(shape, (longest + LARGEST - 1) / LARGEST);
  }

  /** Returns the width of the picture. */
  int width() {
    return (shape.width() + side - 1) / side;
  }

  /** Returns the height of the picture. */
  int height() {
    return (shape.height() + side - 1) / side;
  }

  /** Returns the mean of a channel over the square that a pixel of the picture stands for. */
  double mean(float[] features, int channel, int row, int column) {
    double sum = 0;
    int lastRow = Math.min(shape.height(), (row + 1) * side);
    int lastColumn = Math.min(shape.width(), (column + 1) * side);
    for (int y = row * side; y < lastRow; y++) {
      for (int x = column * side; x < lastColumn; x++) {
        sum += features[shape.feature(channel, y, x)];
      }
    }
    return sum / ((lastRow - row * side) * (lastColumn - column * side));
  }

  /** Returns the change farthest from 0, of all channels and over the square. */
  int strongest(int[] changes, int row, int column) {
    int strongest = 0;
    for (int channel = 0; channel < shape.channels(); channel++) {
      for (int y = row * side; y < Math.min(shape.height(), (row + 1) * side); y++) {
        for (int x = column * side; x < Math.min(shape.width(), (column + 1) * side); x++) {
          int change = changes[shape.feature(channel, y, x)];
          if (Math.abs(change) > Math.abs(strongest)) {
            strongest = change;
          }
        }
      }
    }
    return strongest;
  }
}
