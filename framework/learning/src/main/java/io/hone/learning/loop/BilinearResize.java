package io.hone.learning.loop;

import io.hone.api.data.ImageShape;

/**
 * Brings images to another size by bilinear interpolation with half-pixel centres: pixel {@code i}
 * of {@code m} takes the value at {@code (i + 0.5) n / m - 0.5} of {@code n}, and beyond the border
 * the value of the border. This is ONNX's {@code Resize} with {@code linear} and {@code
 * half_pixel}, without antialiasing.
 */
final class BilinearResize {
  private final ImageShape from;
  private final ImageShape to;
  private final Axis rows;
  private final Axis columns;

  /** Prepares the change of size of images that keep their channels. */
  BilinearResize(ImageShape from, ImageShape to) {
    if (from.channels() != to.channels()) {
      throw new IllegalArgumentException(from + " and " + to + " differ in channels");
    }
    this.from = from;
    this.to = to;
    this.rows = Axis.of(from.height(), to.height());
    this.columns = Axis.of(from.width(), to.width());
  }

  /**
   * Writes an image in its new size.
   *
   * @param image channel by channel
   * @param into receives the same layout; not {@code image}
   */
  void apply(float[] image, float[] into) {
    if (from.equals(to)) {
      System.arraycopy(image, 0, into, 0, image.length);
      return;
    }
    for (int channel = 0; channel < to.channels(); channel++) {
      for (int y = 0; y < to.height(); y++) {
        int upper = from.feature(channel, rows.first[y], 0);
        int lower = from.feature(channel, rows.second[y], 0);
        for (int x = 0; x < to.width(); x++) {
          double above = columns.between(image, upper, x);
          double below = columns.between(image, lower, x);
          double value = above + rows.share[y] * (below - above);
          into[to.feature(channel, y, x)] = (float) value;
        }
      }
    }
  }

  /** For each new place of an axis, two old places and the share of the second. */
  private record Axis(int[] first, int[] second, double[] share) {
    static Axis of(int old, int wanted) {
      Axis axis = new Axis(new int[wanted], new int[wanted], new double[wanted]);
      for (int place = 0; place < wanted; place++) {
        double source = (place + 0.5) * old / wanted - 0.5;
        double inside = Math.min(Math.max(source, 0), old - 1);
        axis.first[place] = (int) inside;
        axis.second[place] = Math.min((int) inside + 1, old - 1);
        axis.share[place] = inside - (int) inside;
      }
      return axis;
    }

    double between(float[] image, int start, int place) {
      double left = image[start + first[place]];
      return left + share[place] * (image[start + second[place]] - left);
    }
  }
}
