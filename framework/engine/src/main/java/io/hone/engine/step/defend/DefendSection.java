package io.hone.engine.step.defend;

import io.hone.api.Defense;
import io.hone.api.Param;
import io.hone.host.component.BoundComponent;
import io.hone.scenario.StepGrammar;
import io.hone.scenario.document.OneOrMore;
import java.util.List;
import java.util.Optional;

/** The keys of a step that defends. */
public record DefendSection(
    @Param(StepGrammar.ID) String id,
    @Param("Undoes an attack; of several defenses the first is applied first.")
        OneOrMore<BoundComponent<Defense<Record>>> defend,
    @Param(StepGrammar.OF_STEP_BEFORE) Optional<OneOrMore<String>> of) {

  /** Returns the keys of a step that a program makes. */
  public static DefendSection of(String id, BoundComponent<Defense<Record>> defense) {
    return new DefendSection(id, new OneOrMore<>(List.of(defense)), Optional.empty());
  }
}
