package io.hone.plugins.coverage.surprise;

import java.util.List;
import java.util.Optional;

/**
 * A density estimated by Gaussian kernels around vectors, with Scott's bandwidth: the kernels have
 * the covariance of the vectors, multiplied by n^(-2 / (d + 4)) for n vectors of d numbers.
 */
final class KernelDensity {
  private final Covariance covariance;
  private final double[][] white;

  private KernelDensity(Covariance covariance, double[][] white) {
    this.covariance = covariance;
    this.white = white;
  }

  /** Returns the density of vectors; empty where they do not spread in every direction. */
  static Optional<KernelDensity> of(List<double[]> vectors) {
    if (vectors.size() < 2 || vectors.get(0).length == 0) {
      return Optional.empty();
    }
    double bandwidth = Math.pow(vectors.size(), -1.0 / (vectors.get(0).length + 4));
    return Covariance.of(vectors.toArray(double[][]::new), bandwidth * bandwidth)
        .map(
            covariance ->
                new KernelDensity(
                    covariance, vectors.stream().map(covariance::whiten).toArray(double[][]::new)));
  }

  /**
   * Returns the logarithm of the density at a point. The sum is made of logarithms, so that it does
   * not underflow far from all vectors.
   */
  double log(double[] point) {
    double[] own = covariance.whiten(point);
    double[] exponents = new double[white.length];
    double largest = Double.NEGATIVE_INFINITY;
    for (int index = 0; index < white.length; index++) {
      exponents[index] = -squaredDistance(own, white[index]) / 2;
      largest = Math.max(largest, exponents[index]);
    }
    double sum = 0;
    for (double exponent : exponents) {
      sum += Math.exp(exponent - largest);
    }
    return largest
        + Math.log(sum / white.length)
        - covariance.logDeterminant()
        - own.length / 2.0 * Math.log(2 * Math.PI);
  }

  private static double squaredDistance(double[] one, double[] other) {
    double sum = 0;
    for (int index = 0; index < one.length; index++) {
      double difference = one[index] - other[index];
      sum += difference * difference;
    }
    return sum;
  }
}
