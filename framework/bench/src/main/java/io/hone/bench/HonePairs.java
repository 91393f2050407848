package io.hone.bench;

import io.hone.api.component.BadInputException;
import io.hone.core.component.ComponentRegistry;
import io.hone.core.engine.Cancellation;
import io.hone.core.engine.RunServices;
import io.hone.core.engine.Silence;
import io.hone.core.model.ModelLibrary;
import io.hone.core.scenario.TrainingScenario;
import io.hone.core.training.TrainingExamples;
import io.hone.core.training.TrainingRunner;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Makes the pairs of a training scenario as {@code hone train} does before it trains. */
final class HonePairs {
  private static final String CACHE = "training-pairs";

  private final ComponentRegistry registry;
  private final TrainingScenario scenario;
  private final Path workFolder;
  private final Path data;

  /**
   * Prepares a data folder of its own, so that no pairs are there.
   *
   * @param workFolder empty
   */
  HonePairs(ComponentRegistry registry, TrainingScenario scenario, Path workFolder)
      throws IOException {
    this.registry = registry;
    this.scenario = scenario;
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
    try (ModelLibrary models = new ModelLibrary(registry);
        RunServices services =
            new RunServices(
                scenario.seed(),
                Digits.THREADS,
                data,
                workFolder,
                models,
                Silence.INSTANCE,
                new Cancellation(),
                new SimpleMeterRegistry())) {
      long start = System.nanoTime();
      TrainingExamples pairs =
          new TrainingRunner(registry, services, workFolder).makeExamples(scenario);
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
