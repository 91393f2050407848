package io.hone.training;

import io.hone.api.train.ComponentUse;
import io.hone.scenario.Goal;
import io.hone.scenario.Scenario;
import io.hone.scenario.Step;
import io.hone.scenario.StepAction;
import io.hone.scenario.TrainingScenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

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
        scenario.data().model().orElseThrow(),
        scenario.batch(),
        scenario.threads(),
        steps(),
        List.of(),
        Scenario.Save.NONE,
        List.of(),
        List.of(),
        scenario.effective(),
        scenario.places().below("data"));
  }

  private List<Step> steps() {
    List<Step> steps = new ArrayList<>(scenario.data().steps());
    for (ComponentUse use : recipe.steps()) {
      String before = steps.isEmpty() ? Step.CLEAN : steps.get(steps.size() - 1).name();
      // No step of a file can have an id with a dot.
      String id = "recipe." + (steps.size() - scenario.data().steps().size() + 1);
      steps.add(
          switch (use.kind()) {
            case ATTACK ->
                step(
                    id,
                    Step.CLEAN,
                    new StepAction.AttackWith(components.attack(use)),
                    scenario.data().goal());
            case IMPROVER ->
                step(
                    id,
                    before,
                    new StepAction.ImproveWith(components.improver(use)),
                    new Goal.Untargeted());
          });
    }
    return steps;
  }

  private static Step step(String id, String of, StepAction action, Goal goal) {
    return new Step(id, id, of, Map.of(), action, goal, OptionalLong.empty(), false, false);
  }
}
