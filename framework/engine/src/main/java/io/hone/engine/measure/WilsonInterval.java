package io.hone.engine.measure;

import io.hone.engine.results.RateInterval;

/**
 * The 95 % interval of a rate: the rates for which the samples at hand are not unusual.
 *
 * <p>Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the
 * American Statistical Association 22 (1927): the bounds are the two roots p of |k/n - p| = z
 * sqrt(p (1 - p) / n), with k of n samples in favour. Unlike the interval k/n +- z sqrt(k/n (1 -
 * k/n) / n), it stays within [0, 1] and does not shrink to nothing at rates of 0 and 1.
 */
final class WilsonInterval {
  /** The 97.5 % quantile of the normal distribution, so that 2.5 % are left out on each side. */
  private static final double Z = 1.959963984540054;

  private WilsonInterval() {}

  /**
   * Returns the interval of a rate.
   *
   * @param samples how many, at least 1
   * @param inFavour how many of them are in favour
   */
  static RateInterval of(long samples, long inFavour) {
    double rate = inFavour / (double) samples;
    double z2 = Z * Z;
    double scale = 1 + z2 / samples;
    double center = (rate + z2 / (2 * samples)) / scale;
    double variance = rate * (1 - rate) / samples + z2 / (4.0 * samples * samples);
    double half = Z * Math.sqrt(variance) / scale;
    // Rounding must not move the bounds of 0 and 1, which are exact.
    double low = inFavour == 0 ? 0 : center - half;
    double high = inFavour == samples ? 1 : center + half;
    return new RateInterval(samples, inFavour, low, high);
  }
}
