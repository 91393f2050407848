package io.hone.plugins.gradient.fastadaptiveboundary;

/**
 * A sum of terms that rise together, each at its own rate and up to its own cap: {@code sum of
 * min(level * rate_i, cap_i)}.
 *
 * @param rates at least 0, of the features counted
 * @param caps at least 0
 */
record CappedSum(double[] rates, double[] caps) {
  /**
   * Returns the level at which the sum is as large as wanted, infinity where it never is.
   *
   * <p>The sum is concave and piecewise linear, so Newton's steps from 0 never pass the level. Each
   * step finds further terms at their caps, where they stay, or else the level itself; the result
   * is as exact as arithmetic in double, without sorting. A few steps suffice in practice.
   *
   * @param wanted at least 0
   */
  double level(double wanted) {
    double largest = 0;
    for (double cap : caps) {
      largest += cap;
    }
    if (wanted > largest) {
      return Double.POSITIVE_INFINITY;
    }
    double level = 0;
    while (true) {
      double full = 0;
      double slope = 0;
      for (int index = 0; index < rates.length; index++) {
        if (level * rates[index] >= caps[index]) {
          full += caps[index];
        } else {
          slope += rates[index];
        }
      }
      double next = (wanted - full) / slope;
      if (!(next > level)) {
        return level;
      }
      level = next;
    }
  }
}
