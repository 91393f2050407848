package io.hone.training;

import io.hone.api.train.ComponentUse;
import io.hone.engine.step.attack.AttackSection;
import io.hone.engine.step.attack.AttackSection.Samples;
import io.hone.engine.step.attack.AttackStep;
import io.hone.engine.step.improve.ImproveSection;
import io.hone.engine.step.improve.ImproveStep;
import io.hone.scenario.CheckChoice;
import io.hone.scenario.Goal;
import io.hone.scenario.Scenario;
import io.hone.scenario.Scenario.TestedModel;
import io.hone.scenario.ScenarioPlaces;
import io.hone.scenario.Step;
import io.hone.scenario.StepContent;
import io.hone.scenario.TrainingScenario;
import io.hone.scenario.document.Grid;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes a scenario of the steps that make pairs: those of the file, then those of the recipe. */
final class TrainingChain {
  private final TrainingScenario scenario;
  private final TrainingRecipe recipe;
  private final RecipeComponents components;

  TrainingChain(TrainingScenario scenario, TrainingRecipe recipe, RecipeComponents components) {
    this.scenario = scenario;
    this.recipe = recipe;
    this.components = components;
  }

  /** Returns the scenario of the steps; a model must have been named. */
  Scenario scenario() {
    return new Scenario(
        scenario.name(),
        scenario.seed(),
        scenario.data().dataset().provider(),
        scenario.data().dataset().selection(),
        TestedModel.only(scenario.data().model().orElseThrow(), places()),
        scenario.batch(),
        scenario.threads(),
        steps(),
        List.of(),
        Optional.empty(),
        Scenario.Save.NONE,
        List.of(),
        List.of(),
        CheckChoice.NONE,
        scenario.effective(),
        places());
  }

  private ScenarioPlaces places() {
    return scenario.places().below("data");
  }

  private List<Step> steps() {
    List<Step> steps = new ArrayList<>(scenario.data().steps());
    for (ComponentUse use : recipe.steps()) {
      // No step of a file can have an id with a dot.
      String id = "recipe." + (steps.size() - scenario.data().steps().size() + 1);
      List<Step> before = steps.isEmpty() ? List.of() : List.of(steps.get(steps.size() - 1));
      steps.add(
          switch (use.kind()) {
            case ATTACK ->
                step(
                    id,
                    List.of(),
                    new StepContent<>(
                        new AttackStep(),
                        AttackSection.of(
                            id,
                            components.attack(use),
                            Optional.empty(),
                            Grid.FLOAT,
                            Samples.CORRECT)),
                    scenario.data().goal());
            case IMPROVER ->
                step(
                    id,
                    before,
                    new StepContent<>(
                        new ImproveStep(),
                        ImproveSection.of(
                            id, components.improver(use), Optional.empty(), Grid.FLOAT)),
                    new Goal.Untargeted());
          });
    }
    return steps;
  }

  private Step step(String id, List<Step> received, StepContent<?> content, Goal goal) {
    return new Step(
        id, id, Step.CLEAN, received, Map.of(), content, goal, Optional.empty(), places());
  }
}
