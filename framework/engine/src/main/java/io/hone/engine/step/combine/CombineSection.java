package io.hone.engine.step.combine;

import io.hone.api.Param;
import io.hone.engine.step.Distance;
import io.hone.scenario.StepGrammar;
import io.hone.scenario.document.OneOrMore;
import java.util.Optional;

/** The keys of a step that combines the examples of several steps. */
public record CombineSection(
    @Param(StepGrammar.ID) String id,
    @Param("Ids of steps before it, of whose successes the nearest is kept for each sample.")
        OneOrMore<String> combine,
    @Param(
            "Distance from the clean image that decides which success is nearest; default: the"
                + " norm of the attacks, where they have one in common.")
        Optional<Distance> norm) {}
