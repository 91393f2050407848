package io.hone.engine.comparison;

import io.hone.engine.measure.Binomial;

/**
 * Tests whether two runs differ on the samples that both looked at, by those on which they
 * disagree.
 *
 * <p>If the runs are equally likely to be the only one in favour, the numbers of disagreements are
 * binomial with probability 1/2. McNemar, "Note on the sampling error of the difference between
 * correlated proportions or percentages", Psychometrika 12 (1947), in its exact form: no
 * approximation by a chi-squared distribution.
 *
 * @param onlyFirst samples in favour in the first run alone
 * @param onlySecond samples in favour in the second run alone
 */
record McNemarTest(long onlyFirst, long onlySecond) {
  /**
   * Returns the two-sided p-value: how likely a disagreement this uneven is if the runs are equally
   * good; 1 where they never disagree.
   */
  double pValue() {
    long disagreements = onlyFirst + onlySecond;
    double fewer = new Binomial(disagreements, 0.5).atMost(Math.min(onlyFirst, onlySecond));
    return Math.min(1, 2 * fewer);
  }
}
