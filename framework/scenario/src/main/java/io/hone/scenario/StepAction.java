package io.hone.scenario;

import io.hone.api.Attack;
import io.hone.api.Defense;
import io.hone.api.Improver;
import io.hone.host.component.BoundComponent;
import java.util.List;

/** What a step does, with its components bound to their parameters. */
public sealed interface StepAction {
  /** Looks for adversarial examples. */
  record AttackWith(BoundComponent<Attack<Record>> attack) implements StepAction {}

  /** Removes redundant perturbation. */
  record ImproveWith(BoundComponent<Improver<Record>> improver) implements StepAction {}

  /** Undoes an attack; the first defense is applied first. */
  record DefendWith(List<BoundComponent<Defense<Record>>> defenses) implements StepAction {}
}
