package io.hone.engine;

import io.hone.api.metric.StepKind.Trait;
import io.hone.api.run.Progress;
import io.hone.api.run.Run;
import io.hone.engine.check.CheckInput;
import io.hone.engine.check.CheckOutcome;
import io.hone.engine.check.CheckRun;
import io.hone.engine.context.RunListener;
import io.hone.engine.context.RunServices;
import io.hone.scenario.Scenario;
import io.hone.scenario.Step;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;

/** Makes the self-checks of a prepared scenario, apart from what its run tells and counts. */
final class RunChecks {
  private final PreparedScenario prepared;
  private final RunServices services;

  RunChecks(PreparedScenario prepared, RunServices services) {
    this.prepared = prepared;
    this.services = services;
  }

  /**
   * Makes the checks, if the scenario asks for any.
   *
   * @param workFolder for files of components that a check runs
   */
  CheckOutcome make(Path workFolder) {
    Scenario scenario = prepared.scenario();
    if (!scenario.check().wanted()) {
      return CheckOutcome.NONE;
    }
    if (scenario.steps().stream().noneMatch(RunChecks::attacks)) {
      Run run = services.forTask("checks");
      run.notice("no step attacks the data set's images, so the self-checks look at models only");
    }
    try (RunServices apart = apart(scenario, workFolder)) {
      return new CheckRun(input(scenario), apart, services.models().registry()).run();
    }
  }

  private static boolean attacks(Step step) {
    return step.received().isEmpty() && step.kind().has(Trait.PERTURBS);
  }

  private CheckInput input(Scenario scenario) {
    return new CheckInput(
        scenario,
        prepared.dataset(),
        prepared.samples(),
        prepared.models().stream()
            .map(
                model ->
                    new CheckInput.ModelUnderTest(model.clean(), model.classifier(), model.card()))
            .toList(),
        prepared.twin().map(PreparedTwin::forChecks),
        prepared.setting(),
        prepared.firstImages());
  }

  /** What a component tells or counts in a check is nothing that the run did. */
  private RunServices apart(Scenario scenario, Path workFolder) {
    return new RunServices(
        scenario.seed(),
        scenario.threads(),
        services.dataFolder(),
        workFolder,
        services.models(),
        new ProgressOnly(services.listener()),
        services.cancellation(),
        new SimpleMeterRegistry());
  }

  private record ProgressOnly(RunListener listener) implements RunListener {
    @Override
    public Progress progress(String task, long total) {
      return listener.progress(task, total);
    }

    @Override
    public void notice(String message) {}
  }
}
