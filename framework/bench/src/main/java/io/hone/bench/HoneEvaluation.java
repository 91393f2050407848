package io.hone.bench;

import io.hone.Hone;
import io.hone.bench.network.Digits;
import io.hone.bench.robustness.Evaluation;
import io.hone.bench.robustness.Recording;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.MappingIterator;
import tools.jackson.dataformat.csv.CsvMapper;
import tools.jackson.dataformat.csv.CsvSchema;

/** Evaluates a model's robustness as {@code hone run} does, on the images of a recording. */
final class HoneEvaluation implements AutoCloseable {
  private static final String STEP = "attack";
  private static final String SCENARIO =
      """
      hone: 1
      name: %s
      seed: %d
      dataset: {use: %s, with: {split: test}, take: %d}
      model: {card: models/%s}
      run: {threads: %d}
      steps: [{id: attack, attack: %s}]
      save: all
      """;

  private static final CsvMapper TABLES = new CsvMapper();

  private final Hone hone;
  private final HoneScenario scenario;

  /**
   * Loads the plugins.
   *
   * @param checkout that holds {@code models/}
   * @param data folder of data sets
   * @param workFolder for scenarios and results
   */
  HoneEvaluation(Path checkout, Path data, Path workFolder) {
    hone = InstalledPlugins.builder().home(checkout).dataFolder(data).open();
    scenario = new HoneScenario(hone, workFolder);
  }

  /**
   * Attacks the first images, with a model opened anew.
   *
   * @param recording that tells the model, the data set and the ball
   * @param images how many
   * @param seed of the run
   * @param attack as a scenario writes it
   */
  Evaluation run(Recording recording, int images, long seed, String attack) throws IOException {
    String name = recording.model();
    StopWatch watch = new StopWatch(name);
    String text =
        SCENARIO.formatted(name, seed, recording.dataset(), images, name, Digits.THREADS, attack);
    scenario.run(name, text, watch);
    return new Evaluation(seed, watch.seconds(), endings());
  }

  /** Returns where the last run left the clean images and their labels. */
  Path arrays() {
    return scenario.results().resolve("arrays").toAbsolutePath();
  }

  private List<String> endings() throws IOException {
    Path table = scenario.results().resolve("samples.csv");
    List<String> endings = new ArrayList<>();
    try (MappingIterator<Map<String, String>> rows =
        TABLES
            .readerForMapOf(String.class)
            .with(CsvSchema.emptySchema().withHeader())
            .readValues(table.toFile())) {
      while (rows.hasNextValue()) {
        Map<String, String> row = rows.nextValue();
        if (STEP.equals(row.get("step"))) {
          endings.add(ending(row));
        }
      }
    }
    return endings;
  }

  private static String ending(Map<String, String> row) {
    if (!Boolean.parseBoolean(row.get("attempted"))) {
      return Evaluation.MISCLASSIFIED;
    }
    if (!Boolean.parseBoolean(row.get("success"))) {
      return Evaluation.ROBUST;
    }
    String found = row.getOrDefault("found_by", "");
    return found.isEmpty() ? STEP : found;
  }

  @Override
  public void close() {
    hone.close();
  }
}
