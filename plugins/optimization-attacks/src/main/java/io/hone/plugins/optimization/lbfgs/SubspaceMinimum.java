package io.hone.plugins.optimization.lbfgs;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The minimum of the quadratic model over the variables that the Cauchy point leaves inside of the
 * box (Byrd, Lu, Nocedal and Zhu 1995, section 5.1), brought into the box as Morales and Nocedal
 * 2011 do.
 */
final class SubspaceMinimum {
  private final double[] from;
  private final double[] gradient;
  private final Bounds bounds;
  private final CurvatureMemory memory;

  SubspaceMinimum(double[] from, double[] gradient, Bounds bounds, CurvatureMemory memory) {
    this.from = from;
    this.gradient = gradient;
    this.bounds = bounds;
    this.memory = memory;
  }

  /** Returns the minimum, or the Cauchy point itself where the model cannot be solved. */
  double[] beyond(CauchyPoint cauchy) {
    int[] free =
        IntStream.range(0, from.length)
            .filter(variable -> bounds.strictlyInside(variable, cauchy.point()[variable]))
            .toArray();
    if (free.length == 0) {
      return cauchy.point();
    }
    double[] step = newtonStep(cauchy, free);
    return step == null ? cauchy.point() : inBox(cauchy.point(), free, step);
  }

  private double[] newtonStep(CauchyPoint cauchy, int[] free) {
    double theta = memory.theta();
    double[] curved = memory.middleTimes(cauchy.product());
    double[] residual = new double[free.length];
    double[] pulled = new double[memory.width()];
    for (int index = 0; index < free.length; index++) {
      int variable = free[index];
      residual[index] =
          memory.rowTimes(variable, curved)
              - gradient[variable]
              - theta * (cauchy.point()[variable] - from[variable]);
      memory.addRow(variable, residual[index], pulled);
    }
    double[] weighted = memory.middleTimes(pulled);
    double[][] matrix = memory.middleTimes(gramOf(free));
    double[][] solution = new double[weighted.length][];
    for (int row = 0; row < weighted.length; row++) {
      for (int column = 0; column < weighted.length; column++) {
        matrix[row][column] = (row == column ? 1 : 0) - matrix[row][column] / theta;
      }
      solution[row] = new double[] {weighted[row]};
    }
    if (!LinearSystem.solve(matrix, solution)) {
      return null;
    }
    for (int row = 0; row < weighted.length; row++) {
      weighted[row] = solution[row][0];
    }
    double[] step = new double[free.length];
    for (int index = 0; index < free.length; index++) {
      double bent = memory.rowTimes(free[index], weighted);
      step[index] = (residual[index] + bent / theta) / theta;
    }
    return step;
  }

  /** Returns W'W over the free variables, summed over whichever of free and fixed are fewer. */
  private double[][] gramOf(int[] free) {
    int width = memory.width();
    boolean fewFree = 2 * free.length <= from.length;
    double[][] gram = new double[width][];
    for (int row = 0; row < width; row++) {
      gram[row] = fewFree ? new double[width] : memory.gram()[row].clone();
    }
    double[] values = new double[width];
    int index = 0;
    for (int variable = 0; variable < from.length; variable++) {
      boolean isFree = index < free.length && free[index] == variable;
      index += isFree ? 1 : 0;
      if (isFree == fewFree) {
        Arrays.fill(values, 0);
        memory.addRow(variable, 1, values);
        for (int row = 0; row < width; row++) {
          double factor = fewFree ? values[row] : -values[row];
          double[] sums = gram[row];
          for (int column = 0; column < width; column++) {
            sums[column] += factor * values[column];
          }
        }
      }
    }
    return gram;
  }

  private double[] inBox(double[] start, int[] free, double[] step) {
    double[] projected = start.clone();
    for (int index = 0; index < free.length; index++) {
      projected[free[index]] = bounds.clip(free[index], start[free[index]] + step[index]);
    }
    double slope = 0;
    for (int variable = 0; variable < from.length; variable++) {
      slope += gradient[variable] * (projected[variable] - from[variable]);
    }
    if (slope < 0) {
      return projected;
    }
    double[] whole = new double[from.length];
    for (int index = 0; index < free.length; index++) {
      whole[free[index]] = step[index];
    }
    double share = bounds.largestMultiple(start, whole, 1);
    double[] shortened = start.clone();
    for (int variable : free) {
      shortened[variable] = bounds.clip(variable, start[variable] + share * whole[variable]);
    }
    return shortened;
  }
}
