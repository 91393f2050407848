package io.hone.engine.step.evaluate;

import io.hone.api.Param;
import io.hone.scenario.StepGrammar;
import io.hone.scenario.document.ModelSection;
import io.hone.scenario.document.OneOrMore;
import java.util.Optional;

/** The keys of a step that evaluates examples on another model. */
public record EvaluateSection(
    @Param(StepGrammar.ID) String id,
    @Param("Another model, which is shown the images that the step receives.")
        ModelSection evaluate,
    @Param(StepGrammar.OF_STEP_BEFORE) Optional<OneOrMore<String>> of) {}
