package io.hone.cli.model;

import io.hone.api.data.ImageBatch;
import io.hone.api.data.Tensor;
import io.hone.api.model.DifferentiableClassifier;
import io.hone.api.model.Loss;
import java.util.function.UnaryOperator;

/**
 * How far the logits of the differentiated graph are from those of the model's file.
 *
 * @param difference the largest one
 * @param largest absolute value among the file's logits
 */
record LogitsComparison(double difference, double largest) {
  private static final double TOLERANCE = 1e-3;

  static LogitsComparison of(
      CheckedImages images,
      DifferentiableClassifier classifier,
      UnaryOperator<Tensor> logits,
      Loss loss) {
    long[] samples = new long[images.count()];
    Tensor wanted = logits.apply(images.pixels());
    Tensor given =
        classifier
            .lossGradient(new ImageBatch(images.pixels(), samples), loss, images.labels())
            .logits();
    double difference = 0;
    double largest = 0;
    for (int row = 0; row < wanted.rows(); row++) {
      for (int i = 0; i < wanted.rowSize(); i++) {
        largest = Math.max(largest, Math.abs(wanted.get(row, i)));
        // Math.max would keep NaN, and NaN must not agree.
        difference =
            Math.max(difference, Math.abs((double) given.get(row, i) - wanted.get(row, i)));
      }
    }
    return new LogitsComparison(difference, largest);
  }

  /** Returns whether both compute the same, but for rounding. */
  boolean agrees() {
    return difference <= TOLERANCE * Math.max(1e-3, largest);
  }
}
