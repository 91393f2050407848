package io.hone.training;

import io.hone.api.Improver;
import io.hone.api.Named;
import io.hone.api.Param;
import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.run.Run;
import io.hone.api.victim.Access;
import io.hone.api.victim.Victim;

/** Makes every change smaller; where that loses the class, the framework keeps the example. */
@Named(id = "nudge", summary = "Makes every change smaller.")
public final class Nudge implements Improver<Nudge.Params> {
  /** How much smaller. */
  public record Params(@Param(value = "Share of a change that stays.", def = "1") double share) {}

  /** Creates the component. */
  public Nudge() {}

  @Override
  public Access access(Params parameters) {
    return Access.LABELS;
  }

  @Override
  public void improve(Params parameters, Victim victim, Batch clean, Tensor adversarial, Run run) {
    for (int row = 0; row < clean.size(); row++) {
      for (int feature = 0; feature < adversarial.rowSize(); feature++) {
        float from = clean.pixels().get(row, feature);
        double change = adversarial.get(row, feature) - from;
        adversarial.set(row, feature, (float) (from + parameters.share() * change));
      }
    }
  }
}
