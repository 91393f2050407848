package io.hone.cli;

import io.hone.core.engine.Cancellation;
import io.hone.core.engine.DataFolder;
import io.hone.core.engine.RunOptions;
import io.hone.core.engine.RunServices;
import io.hone.core.engine.ScenarioRunner;
import io.hone.core.results.ResultFolder;
import io.hone.core.scenario.Scenario;
import io.hone.core.scenario.ScenarioReader;
import io.hone.core.scenario.TrainingScenario;
import io.hone.core.scenario.TrainingScenarioReader;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Finds what is wrong with a scenario without running it. */
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    description =
        "Checks a scenario, for hone run or for hone train, with its components, data and models,"
            + " without running it.")
final class ValidateCommand implements Callable<Integer> {
  @Mixin private ScenarioArguments scenario;
  @Mixin private PluginOptions plugins;

  @Override
  public Integer call() {
    try (Session session = new Session(Installation.current(), plugins)) {
      String found =
          TrainingScenarioReader.isTraining(scenario.file) ? training(session) : run(session);
      System.out.println(scenario.file + " is valid: " + found);
      return ExitCode.DONE;
    }
  }

  private String run(Session session) {
    Scenario read =
        new ScenarioReader(session.host().registry(), session.installation().home())
            .read(scenario.file, scenario.options());
    new ScenarioRunner(session.models())
        .validate(
            read,
            new RunOptions(
                new ResultFolder(Path.of("runs", read.name())),
                ResultFolder.Existing.REPLACE,
                DataFolder.of(scenario.dataDirectory),
                Console.ofProcess(),
                new Cancellation(),
                new SimpleMeterRegistry(),
                Map.of()));
    return read.steps().size() + " result entries";
  }

  private String training(Session session) {
    TrainingScenario read =
        new TrainingScenarioReader(session.host().registry(), session.installation().home())
            .read(scenario.file, scenario.options());
    try (RunServices services =
        session.services(read, DataFolder.of(scenario.dataDirectory), new Cancellation())) {
      session.trainings(read, services).validate(read);
    }
    return read.trainer().descriptor().id() + " makes " + Installation.shown(read.out());
  }
}
