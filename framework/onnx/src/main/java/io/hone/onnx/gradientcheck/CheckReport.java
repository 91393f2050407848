package io.hone.onnx.gradientcheck;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a check found.
 *
 * @param verdict what it comes to
 * @param tried features of all images
 * @param judged places that could be judged, the wrong ones included, in the order of the images
 * @param wrong places where gradient and slope disagree, the worst first
 * @param directions what was found where many features moved at once
 * @param kinks features dropped because the function bends there: two steps, or two sides, disagree
 * @param flatImages images where neither gradient nor function changes, which tell nothing
 * @param noisyImages images whose slopes drown in the rounding of float arithmetic
 * @param notFiniteImages images where the function is no finite number
 * @param smallestStep the smallest step taken
 * @param largestStep the largest step taken; larger where the function is noisier
 * @param noise of one value of the function: the largest standard deviation among the images
 */
public record CheckReport(
    Verdict verdict,
    int tried,
    List<JudgedFeature> judged,
    List<JudgedFeature> wrong,
    Directions directions,
    int kinks,
    int flatImages,
    int noisyImages,
    int notFiniteImages,
    double smallestStep,
    double largestStep,
    double noise) {
  /** Copies the lists. */
  public CheckReport {
    judged = List.copyOf(judged);
    wrong = List.copyOf(wrong);
  }

  /** Returns the judged place with the largest error; empty if none could be judged. */
  public Optional<JudgedFeature> worst() {
    return wrong.isEmpty()
        ? judged.stream().max(Comparator.comparingDouble(JudgedFeature::error))
        : Optional.of(wrong.get(0));
  }

  /** Returns the error that half of the judged places stay below; NaN if there are none. */
  public double medianError() {
    return quantile(0.5);
  }

  /**
   * Returns the error that a part of the judged places stays below; NaN if there are none.
   *
   * @param part from 0 to 1
   */
  public double quantile(double part) {
    double[] errors = judged.stream().mapToDouble(JudgedFeature::error).sorted().toArray();
    return errors.length == 0 ? Double.NaN : errors[(int) Math.round(part * (errors.length - 1))];
  }
}
