package io.hone.plugins.optimization.lbfgs;

/** Looks for the least weight that still succeeds: tenfold until one does, then bisecting. */
final class WeightSearch {
  private static final double GROWTH = 10;

  private double weight;
  private double failing;
  private double succeeding = Double.POSITIVE_INFINITY;
  private int left;

  /**
   * Starts a search.
   *
   * @param first the weight to try first
   * @param tries how many weights to try
   */
  WeightSearch(double first, int tries) {
    this.weight = first;
    this.left = tries;
  }

  double weight() {
    return weight;
  }

  boolean running() {
    return left > 0;
  }

  /** Tells whether the weight succeeded, and chooses the next. */
  void tell(boolean success) {
    if (success) {
      succeeding = weight;
    } else {
      failing = weight;
    }
    weight = succeeding < Double.POSITIVE_INFINITY ? (failing + succeeding) / 2 : weight * GROWTH;
    left--;
  }
}
