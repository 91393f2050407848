package io.hone.plugins.optimization.lbfgs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hone.plugins.optimization.lbfgs.BoundedMinimizer.Settings;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The optimiser against SciPy 1.10's {@code minimize(method="L-BFGS-B")} with its defaults: the
 * values and numbers of evaluations named here are what it returned.
 */
class BoundedMinimizerTest {
  private static final int VARIABLES = 25;

  /** A function that writes its gradient beside its value. */
  private interface Smooth {
    double at(double[] point, double[] gradient);
  }

  private record Minimum(double[] point, double value, int evaluations) {}

  @Test
  void findsRosenbrocksMinimumAsFastAsScipy() {
    Minimum found =
        minimum(BoundedMinimizerTest::rosenbrock, constant(3), everywhere(), Settings.USUAL);
    assertThat(found.value()).isLessThan(1e-7);
    assertThat(found.evaluations()).isBetween(30, 80); // SciPy: 54
  }

  @Test
  void findsRosenbrocksMinimumAtTheEdgeOfItsBox() {
    double[] lower = new double[VARIABLES];
    Arrays.setAll(lower, variable -> variable % 2 == 0 ? 1 : -100);
    Bounds bounds = new Bounds(lower, constant(100));
    Minimum found = minimum(BoundedMinimizerTest::rosenbrock, constant(3), bounds, Settings.USUAL);
    assertThat(found.value()).isLessThan(1e-5); // SciPy: 4.2e-6
    assertThat(found.evaluations()).isBetween(30, 80); // SciPy: 55
  }

  @Test
  void findsAMinimumWithOneActiveBound() {
    Bounds bounds = new Bounds(constant(-2), constant(0.5));
    Minimum found =
        minimum(BoundedMinimizerTest::rosenbrock, constant(-1.2), bounds, Settings.USUAL);
    assertThat(found.value()).isEqualTo(22.44326606109999, within(1e-6));
    assertThat(found.point()[0]).isEqualTo(0.5);
    assertThat(found.point()[1]).isEqualTo(0.26306746, within(1e-4));
    assertThat(found.evaluations()).isBetween(20, 60); // SciPy: 39
  }

  @Test
  void findsTheMinimumOfAQuadraticWithManyActiveBounds() {
    int size = 40;
    double[] start = new double[size];
    Arrays.fill(start, 0.5);
    Minimum found =
        minimum(BoundedMinimizerTest::quadratic, start, Bounds.unit(size), Settings.USUAL);
    assertThat(found.value()).isEqualTo(-22.848383562899357, within(1e-7));
    assertThat(Arrays.stream(found.point()).filter(value -> value == 0).count()).isEqualTo(19);
    assertThat(Arrays.stream(found.point()).filter(value -> value == 1).count()).isEqualTo(5);
    assertThat(found.evaluations()).isLessThan(25); // SciPy: 11
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 30})
  void findsTheSameMinimumWithAnyMemory(int memory) {
    Settings settings = new Settings(memory, 15_000, 0, 1e-7);
    Bounds bounds = new Bounds(constant(-2), constant(0.5));
    Minimum found = minimum(BoundedMinimizerTest::rosenbrock, constant(-1.2), bounds, settings);
    assertThat(found.value()).isEqualTo(22.44326606109999, within(1e-6));
  }

  @Test
  void asksForNoPointOutsideOfTheBoxAndNeverGoesUp() {
    Bounds bounds = new Bounds(constant(-2), constant(0.5));
    BoundedMinimizer minimizer = new BoundedMinimizer(constant(7), bounds, Settings.USUAL);
    double last = Double.POSITIVE_INFINITY;
    while (minimizer.running()) {
      for (double value : minimizer.asked()) {
        assertThat(value).isBetween(-2.0, 0.5);
      }
      tell(minimizer, BoundedMinimizerTest::rosenbrock);
      assertThat(minimizer.value()).isLessThanOrEqualTo(last);
      last = minimizer.value();
    }
  }

  @Test
  void endsAtOnceWhereTheStartIsAMinimum() {
    Minimum found =
        minimum(BoundedMinimizerTest::rosenbrock, constant(1), everywhere(), Settings.USUAL);
    assertThat(found.evaluations()).isEqualTo(1);
    assertThat(found.value()).isZero();
  }

  @Test
  void endsOnAFunctionThatContradictsItsGradient() {
    Smooth climbing =
        (point, gradient) -> {
          Arrays.fill(gradient, 1);
          return -Arrays.stream(point).sum();
        };
    Minimum found = minimum(climbing, constant(0.5), everywhere(), Settings.USUAL);
    assertThat(found.evaluations()).isLessThan(30);
    assertThat(found.point()).containsOnly(0.5);
  }

  @Test
  void forgetsTheFirstFunctionWhenItStartsAnew() {
    Bounds bounds = new Bounds(constant(-2), constant(0.5));
    BoundedMinimizer minimizer = new BoundedMinimizer(constant(-1.2), bounds, Settings.USUAL);
    double[][] points = new double[2][];
    for (int round = 0; round < 2; round++) {
      while (minimizer.running()) {
        tell(minimizer, BoundedMinimizerTest::rosenbrock);
      }
      points[round] = minimizer.point();
      minimizer.restart(constant(-1.2));
    }
    assertThat(points[1]).containsExactly(points[0]);
  }

  private static Minimum minimum(
      Smooth function, double[] start, Bounds bounds, Settings settings) {
    BoundedMinimizer minimizer = new BoundedMinimizer(start, bounds, settings);
    int evaluations = 0;
    while (minimizer.running()) {
      tell(minimizer, function);
      evaluations++;
      assertThat(evaluations).isLessThan(20_000);
    }
    return new Minimum(minimizer.point(), minimizer.value(), evaluations);
  }

  private static void tell(BoundedMinimizer minimizer, Smooth function) {
    double[] gradient = new double[minimizer.asked().length];
    double value = function.at(minimizer.asked(), gradient);
    minimizer.tell(value, gradient);
  }

  private static double rosenbrock(double[] point, double[] gradient) {
    double sum = 0;
    for (int variable = 0; variable + 1 < point.length; variable++) {
      double off = point[variable + 1] - point[variable] * point[variable];
      double rest = 1 - point[variable];
      sum += 100 * off * off + rest * rest;
      gradient[variable] += -400 * point[variable] * off - 2 * rest;
      gradient[variable + 1] += 200 * off;
    }
    return sum;
  }

  /** Half of x'Ax less b'x, with 2 to 6 on the diagonal, -1 beside it and b = 4 sin(3 i). */
  private static double quadratic(double[] point, double[] gradient) {
    double sum = 0;
    for (int row = 0; row < point.length; row++) {
      double product = (2 + row % 5) * point[row];
      product -= row > 0 ? point[row - 1] : 0;
      product -= row + 1 < point.length ? point[row + 1] : 0;
      double right = 4 * Math.sin(3 * row);
      gradient[row] = product - right;
      sum += point[row] * (product / 2 - right);
    }
    return sum;
  }

  private static double[] constant(double value) {
    double[] values = new double[VARIABLES];
    Arrays.fill(values, value);
    return values;
  }

  private static Bounds everywhere() {
    return new Bounds(constant(Double.NEGATIVE_INFINITY), constant(Double.POSITIVE_INFINITY));
  }
}
