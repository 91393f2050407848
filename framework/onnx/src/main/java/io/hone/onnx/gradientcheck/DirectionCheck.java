package io.hone.onnx.gradientcheck;

import io.hone.onnx.gradientcheck.JudgedDirection.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Checks the gradient at one image along directions in which many features move at once, so that
 * the function changes by more than its rounding where a single feature changes it by less.
 *
 * <p>What the gradient claims is taken off every difference first: what is left has no slope where
 * the gradient is right, however the pixels were rounded.
 */
final class DirectionCheck {
  /** Directions of each kind at an image; the first along the gradient is the gradient itself. */
  static final int OF_EACH_KIND = 4;

  /** Evaluations that are surely made at an image. */
  static final int EVALUATIONS = 2 * OF_EACH_KIND * Slopes.POINTS;

  private static final double SMALLEST_STEP = 0x1p-12;

  /** No feature moves further. */
  private static final double LARGEST_MOVE = 0x1p-3;

  private static final double QUIET = 0.1;
  private static final double LOUD = 0.5;
  private static final double CLOSER = 4;

  /**
   * By how many tolerances slopes to random sides may be apart, the first that noise and bends
   * allow: slopes to random sides are small, and what they are to show, slopes that the gradient
   * does not claim, is large.
   */
  private static final double[] RANDOM_TOLERANCES = {5, 15, 45};

  /** Roundings averaged where a direction is looked at again. */
  private static final int REPEATS = 16;

  private final Neighbourhood around;
  private final CheckSettings settings;
  private final int image;
  private final float[] pixels;
  private final float[] gradient;
  private final double norm;
  private final List<JudgedDirection> judged = new ArrayList<>();
  private final List<JudgedDirection> wrong = new ArrayList<>();
  private int tried;

  DirectionCheck(
      Neighbourhood around, CheckSettings settings, int image, float[] pixels, float[] gradient) {
    this.around = around;
    this.settings = settings;
    this.image = image;
    this.pixels = pixels;
    this.gradient = gradient;
    this.norm = length(gradient);
  }

  /**
   * What was found along directions.
   *
   * @param tried directions
   * @param judged directions that could be judged
   * @param wrong those of them that disagree
   */
  record Finding(int tried, List<JudgedDirection> judged, List<JudgedDirection> wrong) {
    static final Finding NONE = new Finding(0, List.of(), List.of());
  }

  Finding run(RandomGenerator random) {
    if (!(norm > 0)) {
      return Finding.NONE;
    }
    for (int i = 0; i < OF_EACH_KIND; i++) {
      along(Kind.GRADIENT, i == 0 ? gradient : part(random));
    }
    for (int i = 0; i < OF_EACH_KIND; i++) {
      along(Kind.RANDOM, sides(random));
    }
    return new Finding(tried, List.copyOf(judged), List.copyOf(wrong));
  }

  /** Returns the gradient of about half of the features. */
  private float[] part(RandomGenerator random) {
    float[] part = gradient.clone();
    for (int feature = 0; feature < part.length; feature++) {
      if (random.nextBoolean()) {
        part[feature] = 0;
      }
    }
    return part;
  }

  private float[] sides(RandomGenerator random) {
    float[] sides = new float[gradient.length];
    for (int feature = 0; feature < sides.length; feature++) {
      sides[feature] = random.nextBoolean() ? 1 : -1;
    }
    return sides;
  }

  private void along(Kind kind, float[] way) {
    double length = length(way);
    if (!(length > 0)) {
      return;
    }
    tried++;
    double[] direction = new double[way.length];
    double claimed = 0;
    double furthest = 0;
    for (int feature = 0; feature < way.length; feature++) {
      direction[feature] = way[feature] / length;
      claimed += direction[feature] * gradient[feature];
      furthest = Math.max(furthest, Math.abs(direction[feature]));
    }
    Way along = new Way(kind, direction, claimed, LARGEST_MOVE / furthest);
    if (kind == Kind.GRADIENT) {
      judge(along, claimed, settings.tolerance() * claimed);
      return;
    }
    double typical = norm / Math.sqrt(gradient.length);
    for (double tolerances : RANDOM_TOLERANCES) {
      if (judge(along, typical, Math.min(0.5, tolerances * settings.tolerance()) * typical)) {
        return;
      }
    }
  }

  /** A direction of length 1, its slope as claimed, and the largest step that may be taken. */
  private record Way(Kind kind, double[] direction, double claimed, double largestStep) {}

  /**
   * Judges a direction if noise and bends allow it; takes smaller steps as long as the function
   * bends.
   *
   * @return whether the direction could be judged
   */
  private boolean judge(Way way, double typical, double allowed) {
    Limits limits = new Limits(allowed, around.noise());
    double step = SMALLEST_STEP;
    while (2 * step <= way.largestStep() && limits.blur(step) > QUIET * allowed) {
      step *= 2;
    }
    while (limits.blur(step) <= allowed) {
      Slopes left = around.left(way.direction(), gradient, step);
      if (left.isFinite() && !limits.bends(left, step)) {
        return judge(way, typical, step, left.half(), limits);
      }
      step /= CLOSER;
    }
    return false;
  }

  private boolean judge(Way way, double typical, double step, double left, Limits limits) {
    boolean suspicious = limits.disagree(0, left, step);
    if (suspicious && !isWrong(way.direction(), step, limits)) {
      return false;
    }
    JudgedDirection found =
        new JudgedDirection(
            image, way.kind(), way.claimed(), way.claimed() + left, Math.abs(left) / typical);
    judged.add(found);
    if (suspicious) {
      wrong.add(found);
    }
    return true;
  }

  /** Many small bends can look like another slope: nearer to the image they no longer do. */
  private boolean isWrong(double[] direction, double first, Limits limits) {
    double step = first / 2;
    do {
      step /= CLOSER;
      double left = around.left(direction, gradient, step, REPEATS);
      if (!limits.disagree(0, left, 2 * step * Math.sqrt(REPEATS))) {
        return false;
      }
    } while (limits.blur(2 * step / CLOSER * Math.sqrt(REPEATS)) < LOUD * limits.allowed());
    return true;
  }

  private static double length(float[] way) {
    double squares = 0;
    for (float part : way) {
      squares += (double) part * part;
    }
    return Math.sqrt(squares);
  }
}
