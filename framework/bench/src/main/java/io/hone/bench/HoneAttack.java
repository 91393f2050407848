package io.hone.bench;

import io.hone.Hone;
import io.hone.bench.network.Digits;
import io.hone.engine.RunResult;
import io.hone.engine.results.StepSummary;
import io.hone.host.figure.FigureTree;
import java.io.IOException;
import java.nio.file.Path;

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

  private final Path workFolder;
  private final int images;
  private final Hone hone;
  private final HoneScenario scenario;

  /**
   * Loads the plugins.
   *
   * @param checkout that holds {@code models/}
   * @param workFolder for scenarios and results
   * @param images how many of the test set to attack
   */
  HoneAttack(Path checkout, Path workFolder, int images) {
    this.workFolder = workFolder;
    this.images = images;
    hone = InstalledPlugins.builder().home(checkout).dataFolder(workFolder.resolve("data")).open();
    scenario = new HoneScenario(hone, workFolder);
  }

  /** Attacks the images, with a model opened anew. */
  Run run(TimedAttack attack) throws IOException {
    String text = SCENARIO.formatted(attack.id(), images, Digits.THREADS, attack.inScenario());
    StopWatch watch = new StopWatch(attack.id());
    try (RuntimeRecording recording = new RuntimeRecording()) {
      RunResult result = scenario.run(attack.id(), text, watch);
      return new Run(
          figures(watch.seconds(), result.summary().steps().get(1)),
          recording.stop(workFolder.resolve("runs.jfr")),
          scenario.results().resolve("arrays"));
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
    hone.close();
  }
}
