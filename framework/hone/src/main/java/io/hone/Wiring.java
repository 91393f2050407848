package io.hone;

import io.hone.api.model.ModelCard;
import io.hone.engine.RunOptions;
import io.hone.engine.RunResult;
import io.hone.engine.ScenarioRunner;
import io.hone.engine.context.Cancellation;
import io.hone.engine.context.RunListener;
import io.hone.engine.context.RunServices;
import io.hone.engine.model.ModelLibrary;
import io.hone.engine.results.ResultFolder;
import io.hone.engine.step.StepTypes;
import io.hone.host.component.ComponentRegistry;
import io.hone.host.plugin.PluginHost;
import io.hone.report.ExampleSheet;
import io.hone.report.HtmlReport;
import io.hone.report.TrainingReport;
import io.hone.scenario.Scenario;
import io.hone.scenario.ScenarioOptions;
import io.hone.scenario.TrainingScenario;
import io.hone.scenario.reading.ScenarioReader;
import io.hone.scenario.reading.TrainingScenarioReader;
import io.hone.training.TrainingRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The one class that wires a run: it gives readers, runners and components the plugins, models,
 * folders and meters of a {@link Hone}.
 */
final class Wiring {
  private final HoneSettings settings;
  private final PluginHost host;
  private final StepTypes steps = StepTypes.installed();

  Wiring(HoneSettings settings, PluginHost host) {
    this.settings = settings;
    this.host = host;
  }

  private ComponentRegistry registry() {
    return host.registry();
  }

  /** Returns a library over the installed backends; close it afterwards. */
  ModelLibrary newLibrary() {
    return new ModelLibrary(registry());
  }

  RunResult run(Path file, RunSettings how) throws IOException {
    Scenario scenario = scenario(file, how.changes());
    RunOptions options = options(scenario, how);
    try (ModelLibrary models = newLibrary()) {
      return new ScenarioRunner(models)
          .run(scenario, options, ended -> publish(ended, options.output(), how));
    }
  }

  private static void publish(RunResult result, ResultFolder folder, RunSettings how)
      throws IOException {
    new HtmlReport()
        .write(result.summary(), result.gallery(), folder.path().resolve("report.html"));
    ExampleSheet.write(result.gallery(), folder.path());
    how.alongside().write(result);
  }

  Validated validate(Path file, ScenarioOptions changes) {
    if (TrainingScenarioReader.isTraining(file)) {
      List<TrainingScenario> trainings = trainings(file, changes);
      for (TrainingScenario each : trainings) {
        training(
            each,
            new Cancellation(),
            (runner, training) -> {
              runner.validate(training);
              return training;
            });
      }
      return Validated.trainings(trainings);
    }
    Scenario scenario = scenario(file, changes);
    try (ModelLibrary models = newLibrary()) {
      new ScenarioRunner(models).validate(scenario, options(scenario, RunSettings.usual()));
    }
    return Validated.scenario(scenario.steps().size());
  }

  private Scenario scenario(Path file, ScenarioOptions changes) {
    return new ScenarioReader(registry(), steps.grammars(), settings.home()).read(file, changes);
  }

  private RunOptions options(Scenario scenario, RunSettings how) {
    Path folder = how.folder().orElseGet(() -> settings.workFolder().resolve(scenario.name()));
    return new RunOptions(
        new ResultFolder(folder),
        how.existing(),
        settings.dataFolder(),
        how.listener().orElse(settings.listener()),
        how.cancellation(),
        settings.meters(),
        settings.provenance(host.plugins()));
  }

  /** What is done with a training that was read. */
  @FunctionalInterface
  interface TrainingWork<T, E extends Exception> {
    T with(TrainingRunner runner, TrainingScenario training) throws E;
  }

  /** Reads a training, or each training of a matrix. */
  List<TrainingScenario> trainings(Path file, ScenarioOptions changes) {
    return new TrainingScenarioReader(registry(), steps.grammars(), settings.home())
        .read(file, changes);
  }

  /** Does some work with a training. */
  <T, E extends Exception> T training(
      TrainingScenario training, Cancellation cancellation, TrainingWork<T, E> work) throws E {
    Path folder = settings.workFolder().resolve("train").resolve(training.name());
    try (ModelLibrary models = newLibrary();
        RunServices services =
            services(
                training.seed(),
                training.threads(),
                folder,
                models,
                settings.listener(),
                cancellation)) {
      return work.with(
          new TrainingRunner(registry(), services, folder, Wiring::writePage), training);
    }
  }

  private static void writePage(ModelCard card, List<Map<String, Double>> history, Path file)
      throws IOException {
    new TrainingReport().write(card, history, file);
  }

  /** Returns what components work with on images that a program holds; close it afterwards. */
  RunServices forArrays(long seed, ModelLibrary models) {
    return services(
        seed,
        settings.threads(),
        settings.workFolder().resolve("work"),
        models,
        settings.listener(),
        new Cancellation());
  }

  /** Returns what components work with on a workbench; close it afterwards. */
  RunServices forWorkbench(
      long seed, Workbench.Settings how, RunListener listener, ModelLibrary models) {
    return services(
        seed,
        how.threads(),
        settings.workFolder().resolve("model"),
        models,
        listener,
        how.cancellation());
  }

  private RunServices services(
      long seed,
      int threads,
      Path workFolder,
      ModelLibrary models,
      RunListener listener,
      Cancellation cancellation) {
    return new RunServices(
        seed,
        threads,
        settings.dataFolder(),
        workFolder,
        models,
        listener,
        cancellation,
        settings.meters());
  }
}
