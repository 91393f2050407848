package io.hone.training;

import io.hone.api.Improver;
import io.hone.api.train.TrainingTarget;
import io.hone.api.train.TrainingTarget.Mask;
import io.hone.api.train.TrainingTarget.Redundancy;
import io.hone.host.component.ComponentKind;
import io.hone.host.component.ComponentRegistry;
import io.hone.host.component.InstalledComponent;
import io.hone.scenario.Goal;
import io.hone.scenario.Scenario;
import io.hone.scenario.Step;
import io.hone.scenario.StepAction;
import io.hone.scenario.TrainingScenario;
import io.hone.scenario.binding.ComponentParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Makes a scenario of the steps that make training pairs; a greedy mask adds the greedy step. */
final class TrainingChain {
  private final TrainingScenario scenario;
  private final ComponentRegistry registry;

  TrainingChain(TrainingScenario scenario, ComponentRegistry registry) {
    this.scenario = scenario;
    this.registry = registry;
  }

  /** Returns the scenario of the steps; a model must have been named. */
  Scenario of(TrainingTarget target) {
    List<Step> steps = new ArrayList<>(scenario.data().steps());
    if (target instanceof Redundancy redundancy && redundancy.mask() == Mask.GREEDY) {
      steps.add(greedy(steps.get(steps.size() - 1), redundancy.step()));
    }
    return new Scenario(
        scenario.name(),
        scenario.seed(),
        scenario.data().dataset().provider(),
        scenario.data().dataset().selection(),
        scenario.data().model().orElseThrow(),
        scenario.batch(),
        scenario.threads(),
        steps,
        List.of(),
        Scenario.Save.NONE,
        List.of(),
        List.of(),
        scenario.effective(),
        scenario.places().below("data"));
  }

  private Step greedy(Step examples, int step) {
    InstalledComponent<Improver<Record>> improver =
        registry
            .<Improver<Record>>find(ComponentKind.IMPROVER, "greedy")
            .orElseThrow(
                () ->
                    scenario
                        .places()
                        .error(
                            "train.with.mask",
                            "a greedy mask needs the improver greedy, which no plugin brings",
                            "install the plugin of improvers, or take the mask single"));
    return new Step(
        "greedy-mask",
        "greedy-mask",
        examples.name(),
        Map.of(),
        new StepAction.ImproveWith(ComponentParameters.bind(improver, "{step: " + step + "}")),
        new Goal.Untargeted(),
        OptionalLong.empty(),
        false,
        false);
  }
}
