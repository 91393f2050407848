package io.hone.plugins.improvers.shrink;

/** Lengths of vectors, and of vectors that are cut at limits. */
final class Vectors {
  private Vectors() {}

  static double length(double[] values) {
    double squares = 0;
    for (double value : values) {
      squares += value * value;
    }
    return Math.sqrt(squares);
  }

  /**
   * Returns the factor by which a direction reaches a length where no entry passes its limit;
   * infinity where all limits together are shorter.
   *
   * <p>Entries that reach their limit stay there while the rest makes up for them, which only makes
   * the factor larger: so the entries at their limit are found in a few rounds.
   *
   * @param limits of each entry's size, by their absolute values
   */
  static double factor(double[] direction, double[] limits, double length) {
    double factor = 0;
    while (true) {
      double cut = 0;
      double free = 0;
      for (int index = 0; index < direction.length; index++) {
        double size = Math.abs(direction[index]);
        double limit = Math.abs(limits[index]);
        if (size > 0 && factor * size >= limit) {
          cut += limit * limit;
        } else {
          free += size * size;
        }
      }
      double larger = Math.sqrt(Math.max(0, length * length - cut) / free);
      if (free == 0 || Double.isInfinite(larger)) {
        return Double.POSITIVE_INFINITY;
      }
      if (!(larger > factor)) {
        return factor;
      }
      factor = larger;
    }
  }
}
