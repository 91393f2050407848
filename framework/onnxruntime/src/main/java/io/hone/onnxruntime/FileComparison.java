package io.hone.onnxruntime;

import io.hone.api.data.Tensor;
import io.hone.onnxruntime.scores.LogitsForm;
import io.hone.onnxruntime.scores.ScoreMeaning;
import java.util.Locale;

/**
 * How far a classifier is from its untouched file on some images, in the file's own numbers.
 *
 * @param images how many were compared
 * @param difference the largest one, as a part of the largest score of all; infinite where only one
 *     of both is a number
 * @param image the one of the largest difference
 * @param otherClass the first image that both put into classes that are more than rounding apart,
 *     -1 if there is none
 * @param tolerance how large the difference may be
 * @param told what both answered to the image of the largest difference
 */
public record FileComparison(
    int images, double difference, int image, int otherClass, double tolerance, String told) {
  private static final int SHOWN = 4;

  /** Rounding of scores that are all next to 0. */
  private static final double SMALLEST = 1e-5;

  /**
   * Compares answers.
   *
   * @param file the file's {@code [N, K]}, or one column
   * @param logits Hone's {@code [N, K]}
   * @param tolerance up to which two classes count as equally likely
   */
  static FileComparison of(Tensor file, Tensor logits, LogitsForm form, double tolerance) {
    boolean binary = file.rowSize() == 1;
    double scale = scale(file, form);
    double worst = 0;
    int otherClass = -1;
    int image = 0;
    String told = "";
    for (int row = 0; row < file.rows(); row++) {
      double[] known = form.answer(file.row(row));
      double[] ours = form.answer(logits, row, binary);
      double part = difference(known, ours) / scale;
      double[] classes = binary ? twoClasses(known[0], form.meaning()) : known;
      double[] own = binary ? twoClasses(ours[0], form.meaning()) : ours;
      int wanted = largest(classes);
      int given = largest(own);
      boolean other =
          wanted != given && !(Math.abs(classes[wanted] - classes[given]) <= tolerance * scale);
      if (other && otherClass < 0 && !isNan(known)) {
        otherClass = row;
      }
      if (part > worst || told.isEmpty()) {
        worst = Math.max(part, worst);
        image = row;
        told = "the file gives " + text(known) + ", Hone's form of it " + text(ours);
      }
    }
    return new FileComparison(file.rows(), worst, image, otherClass, tolerance, told);
  }

  private static double[] twoClasses(double score, ScoreMeaning meaning) {
    return new double[] {meaning == ScoreMeaning.LOGITS ? 0 : 1 - score, score};
  }

  private static double difference(double[] known, double[] ours) {
    if (isNan(known)) {
      return isNan(ours) ? 0 : Double.POSITIVE_INFINITY;
    }
    double difference = 0;
    for (int k = 0; k < known.length; k++) {
      if (known[k] != ours[k]) {
        double apart = Math.abs(known[k] - ours[k]);
        difference = Math.max(difference, apart >= 0 ? apart : Double.POSITIVE_INFINITY);
      }
    }
    return difference;
  }

  private static double scale(Tensor file, LogitsForm form) {
    double largest = SMALLEST;
    for (int row = 0; row < file.rows(); row++) {
      for (double score : form.answer(file.row(row))) {
        if (Double.isFinite(score)) {
          largest = Math.max(largest, Math.abs(score));
        }
      }
    }
    return largest;
  }

  private static boolean isNan(double[] scores) {
    for (double score : scores) {
      if (Double.isNaN(score)) {
        return true;
      }
    }
    return false;
  }

  private static int largest(double[] scores) {
    int largest = 0;
    for (int k = 1; k < scores.length; k++) {
      if (scores[k] > scores[largest]) {
        largest = k;
      }
    }
    return largest;
  }

  /** Returns whether both put every image into the same class, and are as near as they must be. */
  public boolean agrees() {
    return otherClass < 0 && difference <= tolerance;
  }

  private static String text(double[] scores) {
    StringBuilder text = new StringBuilder("[");
    for (int k = 0; k < Math.min(SHOWN, scores.length); k++) {
      text.append(k == 0 ? "" : ", ").append(String.format(Locale.ROOT, "%.5g", scores[k]));
    }
    return text.append(scores.length > SHOWN ? ", ...]" : "]").toString();
  }
}
