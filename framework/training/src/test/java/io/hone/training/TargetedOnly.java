package io.hone.training;

import io.hone.api.Attack;
import io.hone.api.AttackProfile;
import io.hone.api.Named;
import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.run.Run;
import io.hone.api.victim.Access;
import io.hone.api.victim.Victim;

/** Pursues targeted goals alone. */
@Named(id = "targeted-only", summary = "Needs a target.")
@AttackProfile(goals = AttackProfile.Goal.TARGETED, formula = "x' = x", cost = "nothing")
public final class TargetedOnly implements Attack<TargetedOnly.Params> {
  /** Nothing to choose. */
  public record Params() {}

  /** Creates the component. */
  public TargetedOnly() {}

  @Override
  public Access access(Params parameters) {
    return Access.LABELS;
  }

  @Override
  public void attack(Params parameters, Victim victim, Batch clean, Tensor adversarial, Run run) {
    throw new IllegalStateException("refused beforehand");
  }
}
