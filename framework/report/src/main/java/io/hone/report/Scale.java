package io.hone.report;

import java.util.List;
import java.util.SortedSet;
import java.util.function.DoubleUnaryOperator;

/**
 * Places values on an axis, 0 for the least and 1 for the greatest.
 *
 * @param least value
 * @param greatest value
 * @param logarithmic whether equal ratios are equally far apart, not equal differences
 */
record Scale(double least, double greatest, boolean logarithmic) {
  // Values that are spread about as well either way stay on the plainer, linear axis.
  private static final double CLEARLY = 1.25;

  /** Returns the scale on which neighbouring values come least close to each other. */
  static Scale of(SortedSet<Double> values) {
    Scale linear = new Scale(values.first(), values.last(), false);
    if (values.first() <= 0) {
      return linear;
    }
    Scale logarithmic = new Scale(values.first(), values.last(), true);
    double apart = linear.narrowest(values);
    return logarithmic.narrowest(values) > CLEARLY * apart ? logarithmic : linear;
  }

  /** Returns where a value is. */
  double place(double value) {
    DoubleUnaryOperator size = logarithmic ? Math::log : DoubleUnaryOperator.identity();
    double from = size.applyAsDouble(least);
    double range = size.applyAsDouble(greatest) - from;
    return range == 0 ? 0 : (size.applyAsDouble(value) - from) / range;
  }

  private double narrowest(SortedSet<Double> values) {
    List<Double> places = values.stream().map(this::place).toList();
    double narrowest = 1;
    for (int index = 1; index < places.size(); index++) {
      narrowest = Math.min(narrowest, places.get(index) - places.get(index - 1));
    }
    return narrowest;
  }
}
