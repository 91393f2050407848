package io.hone.testkit.model;

import java.util.random.RandomGenerator;

/** The linear algebra of the tiny models: a matrix is an array of rows. */
final class Matrices {
  private Matrices() {}

  static double[][] copy(double[][] matrix, int rows, int columns) {
    if (matrix.length != rows) {
      throw new IllegalArgumentException(matrix.length + " rows of weights, not " + rows);
    }
    double[][] copy = new double[rows][];
    for (int row = 0; row < rows; row++) {
      if (matrix[row].length != columns) {
        throw new IllegalArgumentException(
            "row " + row + " has " + matrix[row].length + " weights, not " + columns);
      }
      copy[row] = matrix[row].clone();
    }
    return copy;
  }

  static double[][] random(int rows, int columns, double scale, RandomGenerator random) {
    double[][] matrix = new double[rows][columns];
    for (double[] row : matrix) {
      for (int column = 0; column < columns; column++) {
        row[column] = scale * random.nextGaussian();
      }
    }
    return matrix;
  }

  static double[] affine(double[][] weights, double[] biases, double[] input) {
    double[] output = biases.clone();
    for (int row = 0; row < output.length; row++) {
      for (int column = 0; column < input.length; column++) {
        output[row] += weights[row][column] * input[column];
      }
    }
    return output;
  }

  static double[] transposed(double[][] weights, double[] input) {
    double[] output = new double[weights[0].length];
    for (int row = 0; row < input.length; row++) {
      for (int column = 0; column < output.length; column++) {
        output[column] += weights[row][column] * input[row];
      }
    }
    return output;
  }
}
