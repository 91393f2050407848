package io.hone.engine.step.improve;

import io.hone.api.Improver;
import io.hone.api.Param;
import io.hone.engine.step.SearchSection;
import io.hone.host.component.BoundComponent;
import io.hone.scenario.StepGrammar;
import io.hone.scenario.document.Grid;
import io.hone.scenario.document.OneOrMore;
import java.util.Optional;

/** The keys of a step that improves. */
public record ImproveSection(
    @Param(StepGrammar.ID) String id,
    @Param("Removes redundant perturbation.") BoundComponent<Improver<Record>> improve,
    @Param(StepGrammar.OF_STEP_BEFORE) Optional<OneOrMore<String>> of,
    @Param(value = QUERIES, min = 1) Optional<Long> queries,
    @Param(value = GRID, def = "float") Grid grid)
    implements SearchSection {

  /** Returns the keys of a step that a program makes. */
  public static ImproveSection of(
      String id, BoundComponent<Improver<Record>> improver, Optional<Long> queries, Grid grid) {
    return new ImproveSection(id, improver, Optional.empty(), queries, grid);
  }
}
