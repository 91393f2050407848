package io.hone.engine.check;

import io.hone.api.data.Tensor;
import io.hone.api.run.TrustFlag;
import io.hone.engine.results.CheckState;
import java.util.Optional;

/**
 * Whether what attacks take for logits are probabilities: losses would then apply a softmax twice.
 * Source: AutoAttack's check of the output (1e-5).
 */
public final class ProbabilityOutput implements ModelCheck {
  private static final double TOLERATED = 1e-5;

  @Override
  public String id() {
    return "probabilities";
  }

  @Override
  public String measure() {
    return "share of images whose logits are within [0, 1] and have the sum 1";
  }

  @Override
  public String threshold() {
    return "less than 1: one image with other logits suffices";
  }

  @Override
  public Optional<String> flag() {
    return Optional.of(TrustFlag.PROBABILITIES_AS_LOGITS);
  }

  @Override
  public Finding look(CheckedModel model) {
    if (model.classes() < 2) {
      return Finding.notApplicable(
          "A model of one class has no probabilities to tell from logits.");
    }
    Tensor logits = model.samples().logits();
    int probabilities = 0;
    for (int row = 0; row < logits.rows(); row++) {
      probabilities += areProbabilities(logits.row(row)) ? 1 : 0;
    }
    Share share = new Share(probabilities, logits.rows());
    boolean all = probabilities == logits.rows();
    return Finding.of(
        all ? CheckState.FAIL : CheckState.PASS,
        share.value(),
        "The logits of " + share + " images look like probabilities.",
        "A softmax is left inside the model. Export the model with its logits as the output, or say"
            + " output: {kind: probabilities} on its card.");
  }

  private static boolean areProbabilities(float[] scores) {
    double sum = 0;
    for (float score : scores) {
      if (!(score > -TOLERATED && score < 1 + TOLERATED)) {
        return false;
      }
      sum += score;
    }
    return Math.abs(sum - 1) < TOLERATED;
  }
}
