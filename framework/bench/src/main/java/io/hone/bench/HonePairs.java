package io.hone.bench;

import io.hone.api.component.BadInputException;
import io.hone.api.numpy.NumpyArray;
import io.hone.api.run.RunCancelledException;
import io.hone.core.component.ComponentRegistry;
import io.hone.core.engine.Cancellation;
import io.hone.core.engine.RunServices;
import io.hone.core.model.ModelLibrary;
import io.hone.core.scenario.TrainingScenario;
import io.hone.core.training.TrainingRunner;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes the pairs of a training scenario as {@code hone train} does, up to where the training
 * itself would begin, which is cancelled.
 */
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

  /** Attacks and improves, and returns how many seconds that took, opening the model included. */
  double make() throws IOException {
    return run(false);
  }

  /** Returns how many seconds it takes to find them again, by their content. */
  double find() throws IOException {
    return run(true);
  }

  private double run(boolean expectedInCache) throws IOException {
    Cancellation cancellation = new Cancellation();
    PairsWatch watch = new PairsWatch(cancellation);
    try (ModelLibrary models = new ModelLibrary(registry);
        RunServices services =
            new RunServices(
                scenario.seed(),
                Digits.THREADS,
                data,
                workFolder,
                models,
                watch,
                cancellation,
                new SimpleMeterRegistry())) {
      watch.start();
      new TrainingRunner(registry, services, workFolder).train(scenario, false);
      throw new IllegalStateException("the training was not cancelled");
    } catch (RunCancelledException cancelled) {
      if (watch.inCache() != expectedInCache) {
        throw new IllegalStateException(
            "the pairs were " + (expectedInCache ? "not " : "") + "in the cache", cancelled);
      }
      return watch.seconds();
    }
  }

  /** Returns how many pairs there are, for training and validation. */
  long count() throws IOException {
    long count = 0;
    try (Stream<Path> keys = Files.list(data.resolve(CACHE))) {
      for (Path stored : keys.toList()) {
        for (String part : List.of("training", "validation")) {
          try (NumpyArray inputs = NumpyArray.open(stored.resolve(part + "-inputs.npy"))) {
            count += inputs.shape()[0];
          }
        }
      }
    }
    return count;
  }
}
