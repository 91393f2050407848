package io.hone.bench;

import io.hone.core.component.PluginHost;
import io.hone.core.engine.Cancellation;
import io.hone.core.engine.RunOptions;
import io.hone.core.engine.RunResult;
import io.hone.core.engine.ScenarioRunner;
import io.hone.core.model.ModelLibrary;
import io.hone.core.results.FigureTree;
import io.hone.core.results.ResultFolder;
import io.hone.core.results.Status;
import io.hone.core.results.StepSummary;
import io.hone.core.scenario.Scenario;
import io.hone.core.scenario.ScenarioOptions;
import io.hone.core.scenario.ScenarioReader;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Runs an attack as {@code hone run} does, from a scenario to a result folder, and takes its time.
 */
final class HoneAttack implements AutoCloseable {
  /**
   * One run.
   *
   * @param figures what it came to
   * @param insideRuntime share of the attack's time, over all threads, inside ONNX Runtime
   * @param arrays folder of the clean images and labels that were attacked
   */
  record Run(AttackFigures figures, double insideRuntime, Path arrays) {}

  private static final String SCENARIO =
      """
      hone: 1
      name: %s
      seed: 1
      dataset: {use: mnist, with: {split: test}, take: %d}
      model: {card: models/mnist-lenet5}
      run: {threads: %d}
      steps: [{id: attack, attack: %s}]
      save: all
      """;

  private final Path checkout;
  private final Path workFolder;
  private final int images;
  private final PluginHost plugins = InstalledPlugins.load();

  /**
   * Loads the plugins.
   *
   * @param checkout that holds {@code models/}
   * @param workFolder for scenarios and results
   * @param images how many of the test set to attack
   */
  HoneAttack(Path checkout, Path workFolder, int images) {
    this.checkout = checkout;
    this.workFolder = workFolder;
    this.images = images;
  }

  /** Attacks the images, with a model opened anew. */
  Run run(TimedAttack attack) throws IOException {
    Path file =
        Files.writeString(
            workFolder.resolve(attack.id() + ".yaml"),
            SCENARIO.formatted(attack.id(), images, Digits.THREADS, attack.inScenario()));
    Scenario scenario =
        new ScenarioReader(plugins.registry(), checkout).read(file, ScenarioOptions.none());
    ResultFolder results = new ResultFolder(workFolder.resolve("results"));
    StopWatch watch = new StopWatch(scenario.name());
    RunOptions options =
        new RunOptions(
            results,
            ResultFolder.Existing.REPLACE,
            workFolder.resolve("data"),
            watch,
            new Cancellation(),
            new SimpleMeterRegistry(),
            Map.of());
    try (ModelLibrary models = new ModelLibrary(plugins.registry());
        RuntimeRecording recording = new RuntimeRecording()) {
      RunResult result = new ScenarioRunner(models).run(scenario, options);
      double inside = recording.stop(workFolder.resolve("runs.jfr"));
      if (result.status() != Status.COMPLETED) {
        throw new IllegalStateException(attack + " did not complete: " + result.summary().error());
      }
      return new Run(
          figures(watch.seconds(), result.summary().steps().get(1)),
          inside,
          results.path().resolve("arrays"));
    }
  }

  private static AttackFigures figures(double seconds, StepSummary step) {
    double rate = FigureTree.find(step.metrics(), "success_rate").orElse(0);
    return new AttackFigures(
        seconds,
        step.attempted(),
        Math.round(rate * step.attempted()),
        FigureTree.find(step.metrics(), "l2.median").orElse(0));
  }

  @Override
  public void close() {
    plugins.close();
  }
}
