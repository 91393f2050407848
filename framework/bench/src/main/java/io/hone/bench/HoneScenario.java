package io.hone.bench;

import io.hone.core.component.ComponentRegistry;
import io.hone.core.engine.Cancellation;
import io.hone.core.engine.RunOptions;
import io.hone.core.engine.RunResult;
import io.hone.core.engine.ScenarioRunner;
import io.hone.core.model.ModelLibrary;
import io.hone.core.results.ResultFolder;
import io.hone.core.results.Status;
import io.hone.core.scenario.Scenario;
import io.hone.core.scenario.ScenarioOptions;
import io.hone.core.scenario.ScenarioReader;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Runs scenarios as {@code hone run} does, each with its model opened anew, into one result folder.
 *
 * @param registry of the plugins
 * @param checkout that holds {@code models/}
 * @param workFolder for scenarios and results
 * @param dataFolder below which data sets are
 */
record HoneScenario(ComponentRegistry registry, Path checkout, Path workFolder, Path dataFolder) {
  /**
   * Runs a scenario.
   *
   * @param name of its file
   * @param text of it
   * @return what it came to; it completed
   */
  RunResult run(String name, String text) throws IOException {
    return run(name, text, new StopWatch(name));
  }

  /**
   * Runs a scenario.
   *
   * @param name of its file
   * @param text of it
   * @param watch takes its time
   * @return what it came to; it completed
   */
  RunResult run(String name, String text, StopWatch watch) throws IOException {
    Path file = Files.writeString(workFolder.resolve(name + ".yaml"), text);
    Scenario scenario = new ScenarioReader(registry, checkout).read(file, ScenarioOptions.none());
    RunOptions options =
        new RunOptions(
            results(),
            ResultFolder.Existing.REPLACE,
            dataFolder,
            watch,
            new Cancellation(),
            new SimpleMeterRegistry(),
            Map.of());
    try (ModelLibrary models = new ModelLibrary(registry)) {
      RunResult result = new ScenarioRunner(models).run(scenario, options);
      if (result.status() != Status.COMPLETED) {
        throw new IllegalStateException(name + " did not complete: " + result.summary().error());
      }
      return result;
    }
  }

  /** Returns where the results of the last run are. */
  ResultFolder results() {
    return new ResultFolder(workFolder.resolve("results"));
  }
}
