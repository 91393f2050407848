package io.hone.engine.check;

import io.hone.api.data.Tensor;
import java.util.Arrays;
import java.util.Optional;

/**
 * Whether the two largest logits are so far apart that the gradient of cross-entropy is zero in
 * 32-bit floats: the exponential of -88 is the smallest normal one. It only warns; whether an
 * attack goes blind by it is told by {@link GradientHealth}.
 */
public final class LogitScale implements ModelCheck {
  private static final double LARGEST_GAP = 88;
  private static final double TOLERATED = 0.01;

  @Override
  public String id() {
    return "logit-scale";
  }

  @Override
  public String measure() {
    return "share of images whose two largest logits are more than 88 apart";
  }

  @Override
  public String threshold() {
    return "0.01; more only warns";
  }

  @Override
  public Optional<String> flag() {
    return Optional.empty();
  }

  @Override
  public Finding look(CheckedModel model) {
    if (model.classes() < 2) {
      return Finding.notApplicable("A model of one class has no two logits to compare.");
    }
    Tensor logits = model.samples().logits();
    int apart = 0;
    for (int row = 0; row < logits.rows(); row++) {
      float[] scores = logits.row(row);
      Arrays.sort(scores);
      apart += scores[scores.length - 1] - scores[scores.length - 2] > LARGEST_GAP ? 1 : 0;
    }
    Share share = new Share(apart, logits.rows());
    return share
        .finding(
            TOLERATED,
            "The two largest logits of " + share + " images are more than 88 apart.",
            "Cross-entropy has no gradient at these images. Take an attack with another loss, such"
                + " as a margin or the difference of logits ratio (dlr).")
        .atMostWarning("An attack by another loss than cross-entropy is not concerned.");
  }
}
