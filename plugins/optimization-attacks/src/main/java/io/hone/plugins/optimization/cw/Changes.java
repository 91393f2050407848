package io.hone.plugins.optimization.cw;

/** What changed between an image and the clean one. */
final class Changes {
  private Changes() {}

  /** Returns the squared L2 distance, in four sums that a processor adds side by side. */
  static double squared(float[] image, float[] clean) {
    double first = 0;
    double second = 0;
    double third = 0;
    double fourth = 0;
    int feature = 0;
    for (; feature + 3 < image.length; feature += 4) {
      double a = (double) image[feature] - clean[feature];
      double b = (double) image[feature + 1] - clean[feature + 1];
      double c = (double) image[feature + 2] - clean[feature + 2];
      double d = (double) image[feature + 3] - clean[feature + 3];
      first += a * a;
      second += b * b;
      third += c * c;
      fourth += d * d;
    }
    for (; feature < image.length; feature++) {
      double last = (double) image[feature] - clean[feature];
      first += last * last;
    }
    return first + second + third + fourth;
  }

  /** Returns the largest change of any feature. */
  static double largest(float[] image, float[] clean) {
    double largest = 0;
    for (int feature = 0; feature < image.length; feature++) {
      largest = Math.max(largest, Math.abs((double) image[feature] - clean[feature]));
    }
    return largest;
  }

  /** Returns whether a value is NaN. */
  static boolean hasNan(float[] values) {
    for (float value : values) {
      if (Float.isNaN(value)) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether a value is not 0. */
  static boolean hasSlope(float[] values) {
    for (float value : values) {
      if (value != 0) {
        return true;
      }
    }
    return false;
  }
}
