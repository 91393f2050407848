package io.hone.engine.measure;

/**
 * How likely counts of successes are in independent trials.
 *
 * @param trials how many
 * @param probability of success in each, within (0, 1)
 */
public record Binomial(long trials, double probability) {
  /** Returns the probability of at most this many successes. */
  public double atMost(long successes) {
    double logOdds = Math.log(probability) - Math.log1p(-probability);
    double logTerm = trials * Math.log1p(-probability);
    double sum = 0;
    for (long count = 0; count <= Math.min(successes, trials); count++) {
      sum += Math.exp(logTerm);
      logTerm += Math.log(trials - count) - Math.log(count + 1) + logOdds;
    }
    return Math.min(1, sum);
  }

  /** Returns the probability of at least this many successes. */
  public double atLeast(long successes) {
    return successes <= 0 ? 1 : Math.max(0, 1 - atMost(successes - 1));
  }
}
