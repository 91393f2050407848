package io.hone.plugins.optimization.lbfgs;

import java.util.Arrays;

/**
 * The last few steps {@code s} and what they changed of the gradient {@code y}, as the matrix
 * {@code B = theta I - W M W'} that they stand for (Byrd, Lu, Nocedal and Zhu 1995, section 3).
 *
 * <p>W holds the columns {@code [Y, S]}; the paper's factor theta of S is put into M, so that W
 * need not be rewritten with it. A column not in use is zero.
 */
final class CurvatureMemory {
  private final int variables;
  private final int pairs;
  private final int width;

  /** W, the columns of one variable after those of the other. */
  private final double[] columns;

  /** W'W, which holds s's, s'y and y'y. */
  private final double[][] gram;

  private double[][] middle;
  private int count;
  private int next;
  private double theta = 1;

  CurvatureMemory(int variables, int pairs) {
    this.variables = variables;
    this.pairs = pairs;
    this.width = 2 * pairs;
    this.columns = new double[Math.multiplyExact(variables, width)];
    this.gram = new double[width][width];
    this.middle = new double[width][width];
  }

  boolean isEmpty() {
    return count == 0;
  }

  int width() {
    return width;
  }

  double theta() {
    return theta;
  }

  double[][] gram() {
    return gram;
  }

  /** Forgets all pairs. */
  void clear() {
    count = 0;
    next = 0;
    theta = 1;
    Arrays.fill(columns, 0);
    for (int row = 0; row < width; row++) {
      Arrays.fill(gram[row], 0);
      Arrays.fill(middle[row], 0);
    }
  }

  /**
   * Remembers a pair in the place of the oldest.
   *
   * @return false, with all pairs forgotten, where they stand for no matrix any more
   */
  boolean add(double[] step, double[] change, double stepTimesChange) {
    double[] stepProducts = new double[width];
    double[] changeProducts = new double[width];
    for (int variable = 0; variable < variables; variable++) {
      int row = variable * width;
      columns[row + next] = change[variable];
      columns[row + pairs + next] = step[variable];
      double stepped = step[variable];
      double changed = change[variable];
      for (int column = 0; column < width; column++) {
        double value = columns[row + column];
        stepProducts[column] += stepped * value;
        changeProducts[column] += changed * value;
      }
    }
    for (int column = 0; column < width; column++) {
      gram[next][column] = changeProducts[column];
      gram[column][next] = changeProducts[column];
    }
    for (int column = 0; column < width; column++) {
      gram[pairs + next][column] = stepProducts[column];
      gram[column][pairs + next] = stepProducts[column];
    }
    theta = gram[next][next] / stepTimesChange;
    next = (next + 1) % pairs;
    count = Math.min(count + 1, pairs);
    if (invertMiddle()) {
      return true;
    }
    clear();
    return false;
  }

  private boolean invertMiddle() {
    double[][] matrix = new double[width][width];
    for (int slot = 0; slot < pairs; slot++) {
      matrix[slot][slot] = 1;
      matrix[pairs + slot][pairs + slot] = 1;
    }
    for (int age = 0; age < count; age++) {
      int newer = slot(age);
      matrix[newer][newer] = -gram[newer][pairs + newer];
      for (int older = 0; older < age; older++) {
        double product = gram[pairs + newer][slot(older)] / theta;
        matrix[pairs + newer][slot(older)] = product;
        matrix[slot(older)][pairs + newer] = product;
      }
      for (int other = 0; other < count; other++) {
        matrix[pairs + newer][pairs + slot(other)] =
            gram[pairs + newer][pairs + slot(other)] / theta;
      }
    }
    double[][] inverse = new double[width][width];
    for (int row = 0; row < width; row++) {
      inverse[row][row] = 1;
    }
    middle = inverse;
    return LinearSystem.solve(matrix, inverse);
  }

  /** Returns the slot of a pair; the oldest has age 0. */
  private int slot(int age) {
    return Math.floorMod(next - count + age, pairs);
  }

  /** Adds a multiple of a variable's row of W. */
  void addRow(int variable, double factor, double[] to) {
    int row = variable * width;
    for (int column = 0; column < width; column++) {
      to[column] += factor * columns[row + column];
    }
  }

  /** Returns a variable's row of W times a vector. */
  double rowTimes(int variable, double[] vector) {
    int row = variable * width;
    double sum = 0;
    for (int column = 0; column < width; column++) {
      sum += columns[row + column] * vector[column];
    }
    return sum;
  }

  /** Returns M times a vector. */
  double[] middleTimes(double[] vector) {
    double[] product = new double[width];
    for (int row = 0; row < width; row++) {
      product[row] = dot(middle[row], vector);
    }
    return product;
  }

  /** Returns M times a matrix. */
  double[][] middleTimes(double[][] matrix) {
    double[][] product = new double[width][width];
    for (int row = 0; row < width; row++) {
      for (int inner = 0; inner < width; inner++) {
        double factor = middle[row][inner];
        for (int column = 0; column < width; column++) {
          product[row][column] += factor * matrix[inner][column];
        }
      }
    }
    return product;
  }

  static double dot(double[] left, double[] right) {
    double sum = 0;
    for (int index = 0; index < left.length; index++) {
      sum += left[index] * right[index];
    }
    return sum;
  }
}
