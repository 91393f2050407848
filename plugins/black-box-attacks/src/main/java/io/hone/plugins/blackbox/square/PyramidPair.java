package io.hone.plugins.blackbox.square;

/**
 * A square pattern of length 1 with a pyramid up in its left half and a pyramid down in its right
 * one (Andriushchenko et al. 2020); each half has the same length.
 *
 * <p>A pyramid is a sum of rectangles around its middle, each wider by one pixel on every side. The
 * k-th rectangle has the height {@code k^-steepness}.
 */
final class PyramidPair {
  private final int side;
  private final double[] values;

  private PyramidPair(int side, double[] values) {
    this.side = side;
    this.values = values;
  }

  static PyramidPair of(int side, AdditiveNorm norm) {
    double[] values = new double[side * side];
    int half = side / 2;
    addPyramid(values, side, 0, half, 1, norm);
    addPyramid(values, side, half, side - half, -1, norm);
    double length = norm.length(norm.sum(values));
    for (int index = 0; index < values.length; index++) {
      values[index] /= length;
    }
    return new PyramidPair(side, values);
  }

  /** Fills some columns with a pyramid of length 1. */
  private static void addPyramid(
      double[] values, int side, int first, int width, int sign, AdditiveNorm norm) {
    double[] heights = heights(Math.max(side, width) / 2, norm.steepness());
    double sum = 0;
    for (int row = 0; row < side; row++) {
      for (int column = 0; column < width; column++) {
        sum += norm.part(heights[distance(row, side, column, width)]);
      }
    }
    double factor = sign / norm.length(sum);
    for (int row = 0; row < side; row++) {
      for (int column = 0; column < width; column++) {
        values[row * side + first + column] = factor * heights[distance(row, side, column, width)];
      }
    }
  }

  /** Returns how many rectangles around the middle do not hold a place. */
  private static int distance(int row, int height, int column, int width) {
    return Math.max(Math.abs(row - height / 2), Math.abs(column - width / 2));
  }

  /** Returns the height of a pyramid by the distance from its middle. */
  private static double[] heights(int farthest, int steepness) {
    double[] heights = new double[farthest + 1];
    double height = 0;
    for (int distance = farthest; distance >= 0; distance--) {
      height += Math.pow(distance + 1.0, -steepness);
      heights[distance] = height;
    }
    return heights;
  }

  int side() {
    return side;
  }

  /**
   * Returns a value of the pattern.
   *
   * @param turned whether the halves are above each other instead of side by side
   */
  double at(int row, int column, boolean turned) {
    return values[turned ? column * side + row : row * side + column];
  }
}
