package io.hone.plugins.optimization.lbfgs;

/**
 * The first minimum of the quadratic model along the steepest descent that bends at the box (Byrd,
 * Lu, Nocedal and Zhu 1995, algorithm CP).
 *
 * @param point where it is
 * @param product {@code W' (point - x)}
 */
record CauchyPoint(double[] point, double[] product) {
  private static final double FLATTEST = Math.ulp(1.0);

  static CauchyPoint of(double[] from, double[] gradient, Bounds bounds, CurvatureMemory memory) {
    double[] times = new double[from.length];
    double[] direction = new double[from.length];
    double[] pulled = new double[memory.width()];
    double squares = 0;
    for (int variable = 0; variable < from.length; variable++) {
      times[variable] = timeToBound(from[variable], gradient[variable], bounds, variable);
      if (times[variable] > 0 && gradient[variable] != 0) {
        direction[variable] = -gradient[variable];
        squares += gradient[variable] * gradient[variable];
        memory.addRow(variable, direction[variable], pulled);
      }
    }
    double[] point = from.clone();
    double[] product = new double[memory.width()];
    double theta = memory.theta();
    double slope = -squares;
    double curvature = theta * squares - CurvatureMemory.dot(pulled, memory.middleTimes(pulled));
    double flattest = FLATTEST * theta * squares;
    double time = 0;
    Breakpoints breakpoints = new Breakpoints(times);
    while (slope < 0 && !breakpoints.isEmpty()) {
      double stretch = breakpoints.nextTime() - time;
      if (-slope / Math.max(curvature, flattest) < stretch) {
        break;
      }
      int variable = breakpoints.take();
      time = times[variable];
      point[variable] =
          direction[variable] > 0 ? bounds.upper()[variable] : bounds.lower()[variable];
      double moved = point[variable] - from[variable];
      double steep = gradient[variable];
      for (int column = 0; column < product.length; column++) {
        product[column] += stretch * pulled[column];
      }
      double[] row = new double[product.length];
      memory.addRow(variable, 1, row);
      double[] weighted = memory.middleTimes(row);
      slope +=
          stretch * curvature
              + steep * steep
              + theta * steep * moved
              - steep * CurvatureMemory.dot(weighted, product);
      curvature -=
          theta * steep * steep
              + 2 * steep * CurvatureMemory.dot(weighted, pulled)
              + steep * steep * CurvatureMemory.dot(weighted, row);
      memory.addRow(variable, steep, pulled);
      direction[variable] = 0;
    }
    double rest = slope < 0 ? -slope / Math.max(curvature, flattest) : 0;
    for (int variable = 0; variable < from.length; variable++) {
      if (direction[variable] != 0) {
        double moved = from[variable] + (time + rest) * direction[variable];
        point[variable] = bounds.clip(variable, moved);
      }
    }
    for (int column = 0; column < product.length; column++) {
      product[column] += rest * pulled[column];
    }
    return new CauchyPoint(point, product);
  }

  private static double timeToBound(double value, double slope, Bounds bounds, int variable) {
    if (slope < 0) {
      return (value - bounds.upper()[variable]) / slope;
    }
    return slope > 0 ? (value - bounds.lower()[variable]) / slope : Double.POSITIVE_INFINITY;
  }
}
