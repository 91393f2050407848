package io.hone.engine;

import io.hone.api.BadInputException;
import io.hone.api.run.Part;
import io.hone.engine.results.StepSummary;
import io.hone.engine.step.StepWorker;
import io.hone.scenario.Expectation;
import io.hone.scenario.Scenario;
import io.hone.scenario.Step;
import io.hone.scenario.diagnostics.Spelling;
import java.util.List;

/** Finds expectations of stages that no attack has, once the attacks have told their stages. */
final class StageExpectations {
  private StageExpectations() {}

  /**
   * Checks all expectations of a scenario.
   *
   * @param workers of its steps
   * @throws BadInputException naming a stage that is not there
   */
  static void check(Scenario scenario, List<StepWorker> workers) {
    for (Expectation expectation : scenario.expectations()) {
      String[] levels = expectation.figure().split("\\.");
      for (int index = 0; levels[0].equals(StepSummary.STAGES) && index < workers.size(); index++) {
        Step step = scenario.steps().get(index);
        List<String> stages = workers.get(index).parts().stream().map(Part::name).toList();
        if (step.name().equals(expectation.step()) && !stages.contains(levels[1])) {
          throw scenario
              .places()
              .error(
                  "expect",
                  "'%s': step %s has no stage '%s'%s"
                      .formatted(
                          expectation.text(),
                          step.name(),
                          levels[1],
                          Spelling.didYouMean(levels[1], stages)),
                  "stages: " + String.join(", ", stages));
        }
      }
    }
  }
}
