package io.hone.onnxruntime;

import io.hone.api.model.Loss;
import io.hone.onnx.gradient.AttackLoss;

/** Words the losses of attacks for the library that differentiates graphs. */
public final class AttackLosses {
  private AttackLosses() {}

  /** Returns a loss in the words of the library. */
  public static AttackLoss of(Loss loss) {
    if (loss instanceof Loss.Margin margin) {
      return AttackLoss.margin(margin.targeted(), margin.confidence());
    }
    if (loss instanceof Loss.DifferenceOfLogitsRatio ratio) {
      return AttackLoss.dlr(ratio.targeted());
    }
    if (loss instanceof Loss.ProbabilityMargin margin) {
      return AttackLoss.probabilityMargin(margin.targeted());
    }
    return AttackLoss.crossEntropy(loss.targeted());
  }
}
