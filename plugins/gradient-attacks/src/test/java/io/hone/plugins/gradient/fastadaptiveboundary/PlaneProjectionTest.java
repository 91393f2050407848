package io.hone.plugins.gradient.fastadaptiveboundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hone.api.geometry.Bounds;
import io.hone.api.geometry.Norm;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlaneProjectionTest {
  private static final int PROBLEMS = 300;
  private static final int RIVALS = 40;

  private final SplittableRandom random = new SplittableRandom(14);

  /** A plane, an image and bounds, with what the projection made of them. */
  private static final class Problem {
    final float[] normal;
    final double excess;
    final float[] image;
    final Bounds bounds;
    final double[] change;
    final double length;

    Problem(Norm norm, float[] normal, double excess, float[] image, Bounds bounds) {
      this.normal = normal;
      this.excess = excess;
      this.image = image;
      this.bounds = bounds;
      this.change = new double[image.length];
      PlaneProjection projection = PlaneProjection.in(norm, image.length);
      projection.face(normal);
      this.length = projection.project(excess, image, bounds, change);
    }

    /** Returns the value of the function at a changed image. */
    double excess(double[] moved) {
      double sum = excess;
      for (int feature = 0; feature < moved.length; feature++) {
        sum += normal[feature] * moved[feature];
      }
      return sum;
    }

    /** Returns the largest size that a term of {@link #excess} can have. */
    double scale() {
      double largest = Math.abs(excess);
      for (float weight : normal) {
        largest = Math.max(largest, Math.abs(weight));
      }
      return largest;
    }

    void checkWithinBounds() {
      for (int feature = 0; feature < image.length; feature++) {
        assertThat(image[feature] + change[feature])
            .isBetween(bounds.low(feature) - 1e-12, bounds.high(feature) + 1e-12);
      }
    }

    boolean reachesPlane() {
      return Math.abs(excess(change)) <= 1e-12 * scale();
    }
  }

  @ParameterizedTest
  @EnumSource
  void isTheNearestPointOfThePlaneWithinTheBounds(Norm norm) {
    int reached = 0;
    for (int number = 0; number < PROBLEMS; number++) {
      Problem problem = random(norm, number % 2 == 0);
      problem.checkWithinBounds();
      assertThat(problem.length).isCloseTo(length(norm, problem.change), within(1e-12));
      if (problem.reachesPlane()) {
        reached++;
        checkNoPointOfThePlaneIsNearer(norm, problem);
      } else {
        checkNoImageIsNearerToThePlane(problem);
      }
    }
    assertThat(reached).as("problems with a point on the plane").isBetween(50, PROBLEMS - 20);
  }

  private void checkNoPointOfThePlaneIsNearer(Norm norm, Problem problem) {
    for (int rival = 0; rival < RIVALS; rival++) {
      double[] one = randomChange(problem);
      double[] other = randomChange(problem);
      double first = problem.excess(one);
      double second = problem.excess(other);
      if (first * second < 0) {
        double[] onPlane = mixed(one, other, first / (first - second));
        // A mixture with the projection is on the plane too, and nearly where the projection is.
        for (double share : new double[] {1, 0.1, 1e-3}) {
          double[] near = mixed(problem.change, onPlane, share);
          assertThat(length(norm, near)).isGreaterThanOrEqualTo(problem.length - 1e-12);
        }
      }
    }
  }

  private void checkNoImageIsNearerToThePlane(Problem problem) {
    double left = problem.excess(problem.change);
    assertThat(left * problem.excess).as("side of the plane").isPositive();
    for (int rival = 0; rival < RIVALS; rival++) {
      assertThat(problem.excess(randomChange(problem)) * Math.signum(left))
          .isGreaterThanOrEqualTo(Math.abs(left) - 1e-12);
    }
  }

  @ParameterizedTest
  @EnumSource
  void movesNothingThatHasNoWeightOrNoRoom(Norm norm) {
    float[] image = {0, 1, 0.5f, 0.5f};
    float[] low = {0, 0, 0.5f, 0};
    float[] high = {1, 1, 0.5f, 1};
    // The first two features are at the edge that they would have to cross.
    Problem problem = new Problem(norm, new float[] {3, -2, 5, 0}, 1, image, Bounds.of(low, high));
    assertThat(problem.change).containsExactly(new double[problem.change.length], within(0.0));
    assertThat(problem.length).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void leavesAnImageOnThePlaneWhereItIs(Norm norm) {
    Problem problem =
        new Problem(norm, new float[] {3, -2}, 0, new float[] {0.2f, 0.3f}, Bounds.PIXELS);
    assertThat(problem.change).containsExactly(new double[problem.change.length], within(0.0));
  }

  @ParameterizedTest
  @EnumSource
  void goesToACornerWhereNoWeightIsThere(Norm norm) {
    Problem flat = new Problem(norm, new float[3], -2, new float[] {0, 0.5f, 1}, Bounds.PIXELS);
    assertThat(flat.change).containsExactly(new double[flat.change.length], within(0.0));
    Problem far =
        new Problem(norm, new float[] {1, -1}, -9, new float[] {0.25f, 0.25f}, Bounds.PIXELS);
    assertThat(far.change).containsExactly(0.75, -0.25);
  }

  @ParameterizedTest
  @EnumSource
  void takesWeightsOfAnySize(Norm norm) {
    for (double scale : new double[] {1e-30, 1, 1e30}) {
      float[] normal = {(float) scale, (float) (-1e-6 * scale), (float) (0.5 * scale)};
      Problem problem =
          new Problem(norm, normal, 0.4 * scale, new float[] {0.3f, 0.5f, 0.6f}, Bounds.PIXELS);
      assertThat(problem.reachesPlane()).as("scale %s", scale).isTrue();
      problem.checkWithinBounds();
    }
  }

  private Problem random(Norm norm, boolean bounded) {
    int features = 1 + random.nextInt(7);
    float[] normal = new float[features];
    float[] image = new float[features];
    float[] low = new float[features];
    float[] high = new float[features];
    double range = 0;
    for (int feature = 0; feature < features; feature++) {
      // Some weights are 0, some repeat, and some images are at an edge.
      normal[feature] = random.nextInt(4) == 0 ? random.nextInt(3) - 1 : (float) gaussian();
      float first = random.nextFloat();
      float second = random.nextFloat();
      low[feature] = bounded ? Math.min(first, second) : 0;
      high[feature] = bounded ? Math.max(first, second) : 1;
      double share = Math.max(0, Math.min(1, 1.5 * random.nextDouble() - 0.25));
      float inside = (float) (low[feature] + share * ((double) high[feature] - low[feature]));
      image[feature] = Math.max(low[feature], Math.min(high[feature], inside));
      range += Math.abs(normal[feature]) * (high[feature] - low[feature]);
    }
    double excess = (random.nextDouble() - 0.5) * Math.max(range, 0.1);
    Bounds bounds = bounded ? Bounds.of(low, high) : Bounds.PIXELS;
    return new Problem(norm, normal, excess, image, bounds);
  }

  private double[] randomChange(Problem problem) {
    return IntStream.range(0, problem.image.length)
        .mapToDouble(
            feature -> {
              double share = Math.max(0, Math.min(1, 2 * random.nextDouble() - 0.5));
              return problem.bounds.low(feature)
                  + share * problem.bounds.width(feature)
                  - problem.image[feature];
            })
        .toArray();
  }

  private double gaussian() {
    return IntStream.range(0, 12).mapToDouble(any -> random.nextDouble()).sum() - 6;
  }

  private static double[] mixed(double[] from, double[] to, double share) {
    return IntStream.range(0, from.length)
        .mapToDouble(feature -> (1 - share) * from[feature] + share * to[feature])
        .toArray();
  }

  private static double length(Norm norm, double[] change) {
    return switch (norm) {
      case LINF ->
          IntStream.range(0, change.length).mapToDouble(i -> Math.abs(change[i])).max().orElse(0);
      case L2 ->
          Math.sqrt(
              IntStream.range(0, change.length).mapToDouble(i -> change[i] * change[i]).sum());
      case L1 -> IntStream.range(0, change.length).mapToDouble(i -> Math.abs(change[i])).sum();
    };
  }
}
