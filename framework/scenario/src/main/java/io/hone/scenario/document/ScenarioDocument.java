package io.hone.scenario.document;

import io.hone.api.Param;
import io.hone.api.metric.Metric;
import io.hone.host.component.BoundComponent;
import io.hone.scenario.CheckChoice;
import io.hone.scenario.DatasetChoice;
import io.hone.scenario.Goal;
import io.hone.scenario.Scenario;
import java.util.List;
import java.util.Optional;

/** The keys of a scenario, as written: the source of the binding and of the JSON Schema. */
public record ScenarioDocument(
    @Param("Version of this format: 1.") FormatVersion hone,
    @Param("Name of the run, and of its folder below runs.") RunName name,
    @Param(value = "Seed of all random streams.", def = "0") long seed,
    @Param("Where the images come from.") DatasetChoice dataset,
    @Param("The model under test.") ModelSection model,
    @Param(value = "How the scenario is run; results do not depend on it.", def = "{}")
        RunSection run,
    @Param(value = "What the attacks want.", def = GoalSyntax.UNTARGETED) Goal goal,
    @Param("What is done, in this order.") List<StepSection> steps,
    @Param(
            value =
                "Axes: a path such as steps.fgsm.attack.with.epsilon, goal or model.card, and the"
                    + " values it takes.",
            def = "{}")
        MatrixSection matrix,
    @Param(value = "What is measured.", def = "[success-rate, accuracy, distance, reduction-rate]")
        List<BoundComponent<Metric<Record>>> metrics,
    @Param(
            "Ordinary images, best the training images, for metrics that compare with what neurons"
                + " answer to them.")
        Optional<DatasetChoice> profile,
    @Param(value = "Which images of each step are written as arrays.", def = "successes")
        Scenario.Save save,
    @Param(
            value =
                "Figures that must be reached, each STEP.FIGURE OP NUMBER such as"
                    + " greedy.reduction_rate.l0 > 0.7.",
            def = "[]")
        List<String> expect,
    @Param(
            value =
                "Flags of trust that expectations hold in spite of, such as own-labels; the results"
                    + " still show them.",
            def = "[]")
        List<AcceptedFlag> accept,
    @Param(
            "Whether the run checks that its own figures can be trusted: true, or a mapping that"
                + " says how.")
        Optional<CheckChoice> check) {
  /** Returns which checks are made, none where nothing is said. */
  public CheckChoice checks() {
    return check.orElse(CheckChoice.NONE);
  }
}
