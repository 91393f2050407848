package io.hone.plugins.optimization.lbfgs;

/** Small dense square systems, by elimination with row pivots. */
final class LinearSystem {
  private LinearSystem() {}

  /**
   * Solves {@code matrix * solution = right} for every column of the right side, in place.
   *
   * @param matrix is destroyed
   * @param right rows as many as the matrix has; holds the solutions afterwards
   * @return false where the matrix is singular
   */
  static boolean solve(double[][] matrix, double[][] right) {
    int size = matrix.length;
    for (int column = 0; column < size; column++) {
      int pivot = column;
      for (int row = column + 1; row < size; row++) {
        if (Math.abs(matrix[row][column]) > Math.abs(matrix[pivot][column])) {
          pivot = row;
        }
      }
      swap(matrix, pivot, column);
      swap(right, pivot, column);
      double head = matrix[column][column];
      if (!(Math.abs(head) > 0) || !Double.isFinite(head)) {
        return false;
      }
      for (int row = column + 1; row < size; row++) {
        double factor = matrix[row][column] / head;
        if (factor != 0) {
          subtract(matrix[row], matrix[column], factor, column);
          subtract(right[row], right[column], factor, 0);
        }
      }
    }
    for (int row = size - 1; row >= 0; row--) {
      for (int known = row + 1; known < size; known++) {
        subtract(right[row], right[known], matrix[row][known], 0);
      }
      for (int column = 0; column < right[row].length; column++) {
        right[row][column] /= matrix[row][row];
      }
    }
    return true;
  }

  private static void subtract(double[] from, double[] what, double factor, int start) {
    for (int column = start; column < from.length; column++) {
      from[column] -= factor * what[column];
    }
  }

  private static void swap(double[][] rows, int one, int other) {
    double[] row = rows[one];
    rows[one] = rows[other];
    rows[other] = row;
  }
}
