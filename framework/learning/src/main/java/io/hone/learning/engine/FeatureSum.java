package io.hone.learning.engine;

import io.hone.api.data.Tensor;
import java.util.function.DoubleBinaryOperator;

/** Sums over the features of outputs and their targets. */
final class FeatureSum {
  private FeatureSum() {}

  /**
   * Returns the sum of a function over all features, as a mean over the rows.
   *
   * @param function of a feature that was made, and of the feature that is wanted
   */
  static double of(Tensor output, Targets targets, DoubleBinaryOperator function) {
    Tensor wanted = ((Targets.Values) targets).values();
    double sum = 0;
    for (int row = 0; row < output.rows(); row++) {
      for (int feature = 0; feature < output.rowSize(); feature++) {
        sum += function.applyAsDouble(output.get(row, feature), wanted.get(row, feature));
      }
    }
    return sum / output.rows();
  }
}
