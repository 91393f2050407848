package io.hone.onnxruntime.training;

import io.hone.api.data.Tensor;
import io.hone.learning.engine.Objective;
import io.hone.learning.engine.Targets;

/** The loss of outputs in the form of inference, computed in double precision. */
final class MeanLoss {
  /** Keeps the logarithm of a sigmoid's output finite. */
  private static final double SMALLEST = 1e-7;

  /** Bounds the weights of a batch whose targets are nearly all alike. */
  private static final double RAREST = 1e-3;

  private MeanLoss() {}

  /** Returns a mean over the rows. */
  static double of(Objective objective, Tensor output, Targets targets) {
    if (objective instanceof Objective.CrossEntropy entropy) {
      return crossEntropy(output, ((Targets.Classes) targets).classes(), entropy.smoothing());
    }
    Tensor wanted = ((Targets.Values) targets).values();
    if (objective instanceof Objective.BinaryCrossEntropy entropy) {
      return binary(output, wanted, entropy.balanced());
    }
    boolean squared = objective instanceof Objective.MeanSquaredError;
    double sum = 0;
    for (int row = 0; row < output.rows(); row++) {
      for (int feature = 0; feature < output.rowSize(); feature++) {
        double made = output.get(row, feature);
        double given = wanted.get(row, feature);
        sum += squared ? (made - given) * (made - given) : made * given;
      }
    }
    return squared ? sum / output.rows() / output.rowSize() : sum / output.rows();
  }

  private static double crossEntropy(Tensor logits, int[] classes, double smoothing) {
    double sum = 0;
    int count = logits.rowSize();
    for (int row = 0; row < classes.length; row++) {
      double largest = logits.get(row, logits.argmax(row));
      double exponentials = 0;
      double mean = 0;
      for (int k = 0; k < count; k++) {
        exponentials += Math.exp(logits.get(row, k) - largest);
        mean += logits.get(row, k) / (double) count;
      }
      double wanted = (1 - smoothing) * logits.get(row, classes[row]) + smoothing * mean;
      sum += largest + Math.log(exponentials) - wanted;
    }
    return sum / classes.length;
  }

  private static double binary(Tensor output, Tensor targets, boolean balanced) {
    double ones = 0;
    for (int row = 0; balanced && row < targets.rows(); row++) {
      for (int feature = 0; feature < targets.rowSize(); feature++) {
        ones += targets.get(row, feature);
      }
    }
    double share = ones / ((double) targets.rows() * targets.rowSize());
    double sum = 0;
    for (int row = 0; row < output.rows(); row++) {
      for (int feature = 0; feature < output.rowSize(); feature++) {
        double target = targets.get(row, feature);
        double made = Math.min(1 - SMALLEST, Math.max(SMALLEST, output.get(row, feature)));
        double entropy = -(target * Math.log(made) + (1 - target) * Math.log(1 - made));
        double weight =
            balanced ? 0.5 * (target / (share + RAREST) + (1 - target) / (1 - share + RAREST)) : 1;
        sum += weight * entropy;
      }
    }
    return sum / output.rows() / output.rowSize();
  }
}
