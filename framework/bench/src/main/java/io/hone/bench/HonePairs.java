package io.hone.bench;

import io.hone.Hone;
import io.hone.TrainingSettings;
import io.hone.api.BadInputException;
import io.hone.bench.network.Digits;
import io.hone.engine.context.Cancellation;
import io.hone.scenario.ScenarioOptions;
import io.hone.training.TrainingExamples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Makes the pairs of a training scenario as {@code hone train} does before it trains. */
final class HonePairs {
  private static final String CACHE = "training-pairs";

  private final Path checkout;
  private final Path file;
  private final List<String> overrides;
  private final Path workFolder;
  private final Path data;

  /**
   * Prepares a data folder of its own, so that no pairs are there.
   *
   * @param checkout that holds {@code models/}
   * @param file the training scenario
   * @param overrides what is changed of it
   * @param workFolder empty
   */
  HonePairs(Path checkout, Path file, List<String> overrides, Path workFolder) throws IOException {
    this.checkout = checkout;
    this.file = file;
    this.overrides = overrides;
    this.workFolder = workFolder;
    this.data = Files.createDirectory(workFolder.resolve("data"));
  }

  /**
   * Makes the data sets of another folder available.
   *
   * @throws BadInputException if there is no such folder
   */
  void link(Path installed) throws IOException {
    if (!Files.isDirectory(installed)) {
      throw new BadInputException(
          installed + " is no folder; name the one that holds the data sets with --data-dir");
    }
    try (Stream<Path> sets = Files.list(installed)) {
      for (Path set : sets.filter(path -> !path.endsWith(CACHE)).toList()) {
        Files.createSymbolicLink(data.resolve(set.getFileName()), set.toAbsolutePath());
      }
    }
  }

  /** Attacks and improves. */
  Made make() throws IOException {
    return run(false);
  }

  /** Finds the pairs again, by their content. */
  Made find() throws IOException {
    return run(true);
  }

  private Made run(boolean expectedInStore) throws IOException {
    ScenarioOptions options =
        new ScenarioOptions(
            overrides, OptionalLong.empty(), OptionalInt.empty(), OptionalInt.of(Digits.THREADS));
    try (Hone hone =
        InstalledPlugins.builder().home(checkout).dataFolder(data).workFolder(workFolder).open()) {
      long start = System.nanoTime();
      TrainingExamples pairs =
          hone.trainingExamples(file, new TrainingSettings(false, options, new Cancellation()));
      double seconds = (System.nanoTime() - start) / 1e9;
      if (pairs.stored() != expectedInStore) {
        throw new IllegalStateException(
            "the pairs were " + (expectedInStore ? "not " : "") + "in the store");
      }
      return new Made(pairs.training().size() + pairs.validation().size(), seconds);
    }
  }

  /**
   * Pairs that were made or found.
   *
   * @param count for training and validation
   * @param seconds that it took, opening the model included
   */
  record Made(int count, double seconds) {}
}
