package io.hone.cli;

import io.hone.core.engine.Cancellation;
import io.hone.core.engine.DataFolder;
import io.hone.core.engine.RunOptions;
import io.hone.core.engine.ScenarioRunner;
import io.hone.core.results.ResultFolder;
import io.hone.core.scenario.Scenario;
import io.hone.core.scenario.ScenarioReader;
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
    description = "Checks a scenario, its data and its models without running it.")
final class ValidateCommand implements Callable<Integer> {
  @Mixin private ScenarioArguments scenario;
  @Mixin private PluginOptions plugins;

  @Override
  public Integer call() {
    Installation installation = Installation.current();
    try (Session session = new Session(installation, plugins)) {
      Scenario read =
          new ScenarioReader(session.host().registry(), installation.home())
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
      System.out.println(scenario.file + " is valid: " + read.steps().size() + " result entries");
      return ExitCode.DONE;
    }
  }
}
