package io.hone.engine.check;

import io.hone.api.run.TrustFlag;
import io.hone.engine.results.CheckState;
import java.util.Optional;

/**
 * Whether the model gives the same image the same answer, alone and in any order of a batch.
 * Source: AutoAttack's check for randomised models (5 passes, 1e-4).
 */
public final class Determinism implements ModelCheck {
  @Override
  public String id() {
    return "determinism";
  }

  @Override
  public String measure() {
    return "largest distance (L2) of two answers to one image, logits divided by their length";
  }

  @Override
  public String threshold() {
    return "0.0001, and no image with two classes";
  }

  @Override
  public Optional<String> flag() {
    return Optional.of(TrustFlag.NOT_REPEATABLE);
  }

  @Override
  public boolean concernsCleanImages() {
    return true;
  }

  @Override
  public Finding look(CheckedModel model) {
    Repeats repeats = model.repeats();
    return Finding.of(
        repeats.agree() ? CheckState.PASS : CheckState.FAIL,
        Double.isNaN(repeats.distance()) ? Double.MAX_VALUE : repeats.distance(),
        repeats.agree()
            ? Repeats.PASSES + " passes over " + model.size() + " images gave the same answers."
            : Repeats.PASSES
                + " passes over "
                + model.size()
                + " images gave different answers; "
                + repeats.classes()
                + " images got more than one class.",
        "Export the model for inference, without random layers. If the randomness is a defense,"
            + " average gradients over many draws, and judge success over fresh draws.");
  }
}
