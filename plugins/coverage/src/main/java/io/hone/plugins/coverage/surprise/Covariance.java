package io.hone.plugins.coverage.surprise;

import java.util.Optional;

/** The lower triangle L with L L' = C of a covariance C (Cholesky). */
final class Covariance {
  /** A direction with less than this share of a number's variance has none. */
  private static final double LEAST = 1e-12;

  private final double[][] lower;

  private Covariance(double[][] lower) {
    this.lower = lower;
  }

  /**
   * Returns the covariance of vectors, divided by one less than their number and multiplied by a
   * factor; empty where they do not spread in every direction.
   */
  static Optional<Covariance> of(double[][] vectors, double factor) {
    int size = vectors[0].length;
    double[] mean = new double[size];
    for (double[] vector : vectors) {
      for (int index = 0; index < size; index++) {
        mean[index] += vector[index] / vectors.length;
      }
    }
    double[][] lower = new double[size][size];
    for (double[] vector : vectors) {
      for (int row = 0; row < size; row++) {
        double centred = (vector[row] - mean[row]) * factor / (vectors.length - 1);
        for (int column = 0; column <= row; column++) {
          lower[row][column] += centred * (vector[column] - mean[column]);
        }
      }
    }
    return factorize(lower) ? Optional.of(new Covariance(lower)) : Optional.empty();
  }

  private static boolean factorize(double[][] matrix) {
    for (int row = 0; row < matrix.length; row++) {
      double own = matrix[row][row];
      for (int column = 0; column <= row; column++) {
        double sum = matrix[row][column];
        for (int index = 0; index < column; index++) {
          sum -= matrix[row][index] * matrix[column][index];
        }
        if (column < row) {
          matrix[row][column] = sum / matrix[column][column];
        } else if (sum > LEAST * own) {
          matrix[row][row] = Math.sqrt(sum);
        } else {
          return false;
        }
      }
    }
    return true;
  }

  /** Returns the logarithm of the determinant of L. */
  double logDeterminant() {
    double sum = 0;
    for (int row = 0; row < lower.length; row++) {
      sum += Math.log(lower[row][row]);
    }
    return sum;
  }

  /** Returns the vector that L takes to the given vector: its numbers have no covariance. */
  double[] whiten(double[] vector) {
    double[] white = new double[vector.length];
    for (int row = 0; row < white.length; row++) {
      double sum = vector[row];
      for (int index = 0; index < row; index++) {
        sum -= lower[row][index] * white[index];
      }
      white[row] = sum / lower[row][row];
    }
    return white;
  }
}
