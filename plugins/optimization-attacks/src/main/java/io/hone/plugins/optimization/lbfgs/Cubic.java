package io.hone.plugins.optimization.lbfgs;

/** Minima of the cubic with given values and slopes at two places. */
final class Cubic {
  private Cubic() {}

  /** Returns the local minimum, given that one is between the two places. */
  static double minimum(
      double at, double value, double slope, double to, double toValue, double toSlope) {
    double theta = 3 * (value - toValue) / (to - at) + slope + toSlope;
    double root = signedRoot(theta, slope, toSlope, at < to);
    double above = root - slope + theta;
    double below = root - slope + root + toSlope;
    return at + above / below * (to - at);
  }

  /**
   * Returns the minimum beyond the second place, or the given end where the cubic has none there.
   */
  static double minimumBeyond(
      double from,
      double fromValue,
      double fromSlope,
      double at,
      double value,
      double slope,
      double end) {
    double theta = 3 * (fromValue - value) / (at - from) + fromSlope + slope;
    double root = signedRoot(theta, fromSlope, slope, at <= from);
    double above = root - slope + theta;
    double below = root + (fromSlope - slope) + root;
    double ratio = above / below;
    return ratio < 0 && root != 0 ? at + ratio * (from - at) : end;
  }

  private static double signedRoot(double theta, double one, double other, boolean positive) {
    double scale = Math.max(Math.abs(theta), Math.max(Math.abs(one), Math.abs(other)));
    double inside = (theta / scale) * (theta / scale) - (one / scale) * (other / scale);
    double root = scale * Math.sqrt(Math.max(0, inside));
    return positive ? root : -root;
  }
}
