package io.hone.scenario.document;

import io.hone.api.Attack;
import io.hone.api.Defense;
import io.hone.api.Improver;
import io.hone.api.Param;
import io.hone.host.component.BoundComponent;
import io.hone.scenario.Goal;
import io.hone.scenario.StepAction;
import java.util.Optional;

/** The keys of a step, as written. */
public record StepSection(
    @Param("Name of the step, unique in the scenario: lower case letters, digits, - and _.")
        String id,
    @Param("Looks for adversarial examples.") Optional<BoundComponent<Attack<Record>>> attack,
    @Param("Removes redundant perturbation.") Optional<BoundComponent<Improver<Record>>> improve,
    @Param("Undoes an attack; of several defenses the first is applied first.")
        Optional<OneOrMore<BoundComponent<Defense<Record>>>> defend,
    @Param(
            "What the step receives: ids of steps before it, or clean. Default: clean for an attack,"
                + " else the step before.")
        Optional<OneOrMore<String>> of,
    @Param("What this attack wants; default: the scenario's goal.") Optional<Goal> goal,
    @Param(value = "Queries an attack or improver may make per sample; default: any.", min = 1)
        Optional<Long> queries,
    @Param(
            value =
                "8bit: an attack or improver looks for images that survive rounding to 8 bits, and"
                    + " emits them rounded, toward the clean image.",
            def = "float")
        Grid grid,
    @Param(
            value = "Which samples are attacked: those classified correctly, or all.",
            def = "correct")
        Samples samples) {

  /** Which samples take part in an attack. */
  public enum Samples {
    CORRECT,
    ALL
  }

  /** Returns what the step does; exactly one kind was checked to be there. */
  public StepAction action() {
    if (attack.isPresent()) {
      return new StepAction.AttackWith(attack.get());
    }
    return improve
        .<StepAction>map(StepAction.ImproveWith::new)
        .orElseGet(() -> new StepAction.DefendWith(defend.orElseThrow().values()));
  }
}
