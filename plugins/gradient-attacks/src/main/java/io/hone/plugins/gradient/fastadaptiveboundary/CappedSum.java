package io.hone.plugins.gradient.fastadaptiveboundary;

/**
 * A sum of terms that rise together, each at its own rate and up to its own cap: {@code sum of
 * min(level * rate_i, cap_i)}.
 */
final class CappedSum {
  private final double[] rates;
  private final double[] caps;

  /** Terms below their caps; the first ones count. */
  private final int[] rising;

  /** Creates a sum of so many terms, all of them 0. */
  CappedSum(int terms) {
    rates = new double[terms];
    caps = new double[terms];
    rising = new int[terms];
  }

  /** Sets the rate of a term, at least 0. */
  void setRate(int term, double rate) {
    rates[term] = rate;
  }

  /** Sets the cap of a term, at least 0. */
  void setCap(int term, double cap) {
    caps[term] = cap;
  }

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
    int open = 0;
    double slope = 0;
    double largest = 0;
    for (int term = 0; term < rates.length; term++) {
      if (caps[term] > 0) {
        rising[open++] = term;
        slope += rates[term];
        largest += caps[term];
      }
    }
    if (wanted > largest) {
      return Double.POSITIVE_INFINITY;
    }
    double level = 0;
    double full = 0;
    while (open > 0) {
      level = (wanted - full) / slope;
      int left = 0;
      slope = 0;
      for (int place = 0; place < open; place++) {
        int term = rising[place];
        if (level * rates[term] >= caps[term]) {
          full += caps[term];
        } else {
          rising[left++] = term;
          slope += rates[term];
        }
      }
      if (left == open) {
        return level;
      }
      open = left;
    }
    return level;
  }
}
