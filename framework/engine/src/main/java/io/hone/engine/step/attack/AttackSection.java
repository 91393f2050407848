package io.hone.engine.step.attack;

import io.hone.api.Attack;
import io.hone.api.Param;
import io.hone.engine.step.SearchSection;
import io.hone.host.component.BoundComponent;
import io.hone.scenario.Goal;
import io.hone.scenario.StepGrammar;
import io.hone.scenario.document.Grid;
import io.hone.scenario.document.OneOrMore;
import java.util.Optional;

/** The keys of a step that attacks. */
public record AttackSection(
    @Param(StepGrammar.ID) String id,
    @Param("Looks for adversarial examples.") BoundComponent<Attack<Record>> attack,
    @Param("What the step receives: clean, the images of the data set, which is the default.")
        Optional<OneOrMore<String>> of,
    @Param("What this attack wants; default: the scenario's goal.") Optional<Goal> goal,
    @Param(value = QUERIES, min = 1) Optional<Long> queries,
    @Param(value = GRID, def = "float") Grid grid,
    @Param(
            value = "Which samples are attacked: those classified correctly, or all.",
            def = "correct")
        Samples samples,
    @Param("Files with the values that each feature may have; default: [0, 1] for all features.")
        Optional<BoundsSection> bounds)
    implements SearchSection {

  /** Which samples take part in an attack. */
  public enum Samples {
    CORRECT,
    ALL
  }

  /** Returns the keys of a step that a program makes, which attacks every sample or some. */
  public static AttackSection of(
      String id,
      BoundComponent<Attack<Record>> attack,
      Optional<Long> queries,
      Grid grid,
      Samples samples) {
    return new AttackSection(
        id, attack, Optional.empty(), Optional.empty(), queries, grid, samples, Optional.empty());
  }
}
