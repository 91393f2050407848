package io.hone.onnx.gradientcheck;

import io.hone.onnx.gradientcheck.JudgedDirection.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;

/**
 * Compares a claimed gradient with what the function does when single features change, and when
 * many change at once.
 *
 * <p>At each image, features chosen at random are moved by a step and by half a step to both sides.
 * The central quotient of half the step is the function's slope. Where the two steps, or the two
 * sides, disagree, the function bends: the feature is looked at more closely as long as noise
 * allows it, then dropped as a kink. The first step is 1/1024, or up to 1/8 where the function's
 * rounding, which is measured before, asks for it. Errors are parts of the image's largest slope,
 * because float arithmetic rounds all slopes of an image alike. Places that disagree are looked at
 * again, a quarter of the step away and with many roundings averaged, before they count as wrong.
 *
 * <p>In large images a single feature changes the function by less than its rounding. So all
 * features also move along the gradient, along random parts of it, and to random sides: along the
 * gradient the function changes by more than its rounding, and to random sides steps may be as
 * large as all features together. Where too few features can be judged, enough directions of both
 * kinds decide.
 */
public final class GradientCheck {
  /** The part of the features, or of the directions of each kind, that must be judged. */
  private static final double ENOUGH = 0.4;

  private final CheckSettings settings;

  /** Creates a check. */
  public GradientCheck(CheckSettings settings) {
    this.settings = settings;
  }

  /** Returns how many evaluations the directions of an image take at least. */
  public static int evaluationsOfDirections() {
    return DirectionCheck.EVALUATIONS;
  }

  /**
   * Checks a gradient at images. The same images, settings and function give the same report.
   *
   * <p>Uniform random images are best: on real ones, many features are exactly on a kink (equal
   * pixels under a maximum pooling).
   *
   * @param images each with all its features
   * @param done told the number of each image once it is checked
   */
  public CheckReport run(CheckedFunction function, List<float[]> images, IntConsumer done) {
    List<ImageCheck.Finding> findings = new ArrayList<>();
    for (int image = 0; image < images.size(); image++) {
      SplittableRandom random = new SplittableRandom(settings.seed() + image);
      findings.add(new ImageCheck(function, settings, image, images.get(image)).run(random));
      done.accept(image);
    }
    return report(findings);
  }

  private static CheckReport report(List<ImageCheck.Finding> findings) {
    List<JudgedFeature> judged =
        findings.stream().flatMap(found -> found.judged().stream()).toList();
    List<JudgedFeature> wrong =
        findings.stream()
            .flatMap(found -> found.wrong().stream())
            .sorted(Comparator.comparingDouble(JudgedFeature::error).reversed())
            .toList();
    int tried = findings.stream().mapToInt(ImageCheck.Finding::tried).sum();
    Directions directions =
        Directions.of(findings.stream().map(ImageCheck.Finding::directions).toList());
    Verdict verdict = Verdict.AGREES;
    if (!wrong.isEmpty() || !directions.wrong().isEmpty()) {
      verdict = Verdict.DISAGREES;
    } else if (!isEnough(judged.size(), tried)
        && !(isEnough(directions.judged(Kind.GRADIENT), directions.tried() / 2)
            && isEnough(directions.judged(Kind.RANDOM), directions.tried() / 2))) {
      verdict = Verdict.CANNOT_TELL;
    }
    return new CheckReport(
        verdict,
        tried,
        judged,
        wrong,
        directions,
        findings.stream().mapToInt(ImageCheck.Finding::kinks).sum(),
        count(findings, ImageCheck.Unfit.FLAT),
        count(findings, ImageCheck.Unfit.NOISY),
        count(findings, ImageCheck.Unfit.NOT_FINITE),
        findings.stream().mapToDouble(ImageCheck.Finding::step).min().orElse(0),
        findings.stream().mapToDouble(ImageCheck.Finding::step).max().orElse(0),
        findings.stream().mapToDouble(ImageCheck.Finding::noise).max().orElse(0));
  }

  private static boolean isEnough(long judged, int tried) {
    return judged > 0 && judged >= ENOUGH * tried;
  }

  private static int count(List<ImageCheck.Finding> findings, ImageCheck.Unfit reason) {
    return (int) findings.stream().filter(found -> found.unfit() == reason).count();
  }
}
