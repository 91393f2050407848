package io.hone.onnx.gradientcheck;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/** Checks the gradient at one image. */
final class ImageCheck {
  private static final double SMALLEST_FIRST_STEP = 0x1p-10;
  private static final double LARGEST_STEP = 0x1p-3;

  /** A first step whose noise is below this part of the tolerance is large enough. */
  private static final double QUIET = 0.1;

  /** A closer step whose noise is above this part of the tolerance tells nothing more. */
  private static final double LOUD = 0.5;

  /** How much closer to the image a kink is looked at again. */
  private static final double CLOSER = 4;

  /** Suspicious places looked at again; the worst ones. */
  private static final int RETRIALS = 4;

  /** Roundings averaged there. */
  private static final int REPEATS = 32;

  private final CheckedFunction function;
  private final CheckSettings settings;
  private final int image;
  private final float[] pixels;
  private final List<JudgedFeature> judged = new ArrayList<>();

  ImageCheck(CheckedFunction function, CheckSettings settings, int image, float[] pixels) {
    this.function = function;
    this.settings = settings;
    this.image = image;
    this.pixels = pixels;
  }

  /** Why an image can tell nothing. */
  enum Unfit {
    NONE,
    FLAT,
    NOISY,
    NOT_FINITE
  }

  /**
   * What was found at one image.
   *
   * @param step the first step
   * @param noise of one value of the function, a standard deviation
   * @param tried features
   * @param judged places that could be judged
   * @param wrong those of them that disagree
   * @param unfit why no place could be judged, if so
   * @param directions what was found where many features moved at once
   */
  record Finding(
      double step,
      double noise,
      int tried,
      List<JudgedFeature> judged,
      List<JudgedFeature> wrong,
      Unfit unfit,
      DirectionCheck.Finding directions) {
    /** Returns the number of features dropped because the function bends there. */
    int kinks() {
      return unfit == Unfit.NONE ? tried - judged.size() : 0;
    }
  }

  Finding run(RandomGenerator random) {
    float[] gradient = function.gradient(image, pixels);
    double largest = 0;
    for (int feature = 0; feature < gradient.length; feature++) {
      if (!Float.isFinite(gradient[feature])) {
        JudgedFeature place =
            new JudgedFeature(
                image, feature, gradient[feature], Double.NaN, Double.POSITIVE_INFINITY);
        return new Finding(
            0, 0, 1, List.of(place), List.of(place), Unfit.NONE, DirectionCheck.Finding.NONE);
      }
      largest = Math.max(largest, Math.abs(gradient[feature]));
    }
    int[] features = FeatureChoice.of(gradient, settings.features(), random);
    Neighbourhood around = new Neighbourhood(function, image, pixels, settings.batch(), features);
    Limits guess = new Limits(settings.tolerance() * largest, around.noise());
    double step = SMALLEST_FIRST_STEP;
    while (step < LARGEST_STEP && guess.blur(step) > QUIET * guess.allowed()) {
      step *= 2;
    }
    Slopes[] slopes = around.slopes(features, step);
    double scale = largest;
    for (Slopes slope : slopes) {
      if (!slope.isFinite()) {
        return unfit(step, around, features, Unfit.NOT_FINITE);
      }
      // A gradient of zeros is measured by what the function does, but not by its noise.
      scale = Math.max(scale, Math.abs(slope.half()) - guess.blur(step));
    }
    Limits limits = new Limits(settings.tolerance() * scale, around.noise());
    if (!(scale > 0)) {
      return unfit(step, around, features, Unfit.FLAT);
    }
    DirectionCheck.Finding directions =
        new DirectionCheck(around, settings, image, pixels, gradient).run(random);
    if (limits.blur(step) > limits.allowed()) {
      return unfit(step, around, features, Unfit.NOISY, directions);
    }
    List<JudgedFeature> wrong = judge(around, gradient, features, slopes, step, limits, scale);
    return new Finding(
        step, around.noise(), features.length, judged, wrong, Unfit.NONE, directions);
  }

  private static Finding unfit(double step, Neighbourhood around, int[] features, Unfit reason) {
    return unfit(step, around, features, reason, DirectionCheck.Finding.NONE);
  }

  private static Finding unfit(
      double step,
      Neighbourhood around,
      int[] features,
      Unfit reason,
      DirectionCheck.Finding directions) {
    return new Finding(
        step, around.noise(), features.length, List.of(), List.of(), reason, directions);
  }

  /** Judges all features that are smooth at some step, and returns those that are wrong. */
  private List<JudgedFeature> judge(
      Neighbourhood around,
      float[] gradient,
      int[] features,
      Slopes[] firstSlopes,
      double firstStep,
      Limits limits,
      double scale) {
    List<JudgedFeature> suspects = new ArrayList<>();
    int[] open = features;
    Slopes[] slopes = firstSlopes;
    double step = firstStep;
    while (true) {
      List<Integer> bent = new ArrayList<>();
      for (int i = 0; i < open.length; i++) {
        int feature = open[i];
        if (limits.bends(slopes[i], step)) {
          bent.add(feature);
          continue;
        }
        double slope = slopes[i].half();
        JudgedFeature place =
            new JudgedFeature(
                image,
                feature,
                gradient[feature],
                slope,
                Math.abs(slope - gradient[feature]) / scale);
        (limits.disagree(gradient[feature], slope, step) ? suspects : judged).add(place);
      }
      step /= CLOSER;
      if (bent.isEmpty() || limits.blur(step) > LOUD * limits.allowed()) {
        break;
      }
      open = bent.stream().mapToInt(Integer::intValue).toArray();
      slopes = around.slopes(open, step);
    }
    return confirmed(around, suspects, firstStep, limits);
  }

  /**
   * Returns the suspicious places that are wrong. Many small bends can look like another slope:
   * nearer to the image they no longer do, and roundings averaged let steps be that small.
   */
  private List<JudgedFeature> confirmed(
      Neighbourhood around, List<JudgedFeature> suspects, double firstStep, Limits limits) {
    List<JudgedFeature> worst =
        suspects.stream()
            .sorted(Comparator.comparingDouble(JudgedFeature::error).reversed())
            .limit(RETRIALS)
            .toList();
    List<JudgedFeature> wrong =
        worst.stream().filter(place -> isWrong(around, place, firstStep, limits)).toList();
    List<JudgedFeature> all = wrong.size() == worst.size() ? suspects : wrong;
    judged.addAll(all);
    return all;
  }

  private static boolean isWrong(
      Neighbourhood around, JudgedFeature place, double firstStep, Limits limits) {
    double step = firstStep / 2;
    do {
      step /= CLOSER;
      double slope = around.slope(place.feature(), step, REPEATS);
      // The noise of this average is that of half a step so much larger.
      if (!limits.disagree(place.gradient(), slope, 2 * step * Math.sqrt(REPEATS))) {
        return false;
      }
    } while (limits.blur(2 * step / CLOSER * Math.sqrt(REPEATS)) < LOUD * limits.allowed());
    return true;
  }
}
