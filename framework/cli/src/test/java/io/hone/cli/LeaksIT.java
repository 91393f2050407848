package io.hone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hone.core.engine.Cancellation;
import io.hone.core.engine.RunOptions;
import io.hone.core.engine.ScenarioRunner;
import io.hone.core.engine.Silence;
import io.hone.core.model.ModelLibrary;
import io.hone.core.results.ResultFolder;
import io.hone.core.results.ResultFolder.Existing;
import io.hone.core.scenario.Scenario;
import io.hone.core.scenario.ScenarioOptions;
import io.hone.core.scenario.ScenarioReader;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hone as a library: validations and runs that fail leave neither files nor memory behind. */
class LeaksIT {
  private static final Path HANDLES = Path.of("/proc/self/fd");
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final int WARM_UP = 20;
  private static final int ROUNDS = 40;

  @TempDir Path folder;

  @Test
  void validationsAndFailedRunsKeepHandlesAndMemoryFlat() throws IOException {
    assumeTrue(Files.isDirectory(HANDLES) && Files.isReadable(STATUS));
    Installation installation =
        new Installation(HoneProcess.checkout(), HoneProcess.distribution());
    try (Session session = new Session(installation, new PluginOptions())) {
      Scenario sound = read(session, "{use: mnist}", "{use: fgsm}");
      // Found when model, data and attack are open: the stored examples are not there.
      Scenario failing =
          read(session, "{use: mnist}", "{use: stored, with: {examples: " + examples() + "}}");
      long handles = 0;
      long memory = 0;
      for (int round = 0; round < WARM_UP + ROUNDS; round++) {
        if (round == WARM_UP) {
          handles = handles();
          memory = resident();
        }
        try (ModelLibrary models = new ModelLibrary(session.host().registry())) {
          ScenarioRunner runner = new ScenarioRunner(models);
          runner.validate(sound, options());
          assertThatThrownBy(() -> runner.run(failing, options())).isNotNull();
        }
      }
      assertThat(handles()).as("files open").isLessThan(handles + 20);
      assertThat(resident()).as("kilobytes resident").isLessThan(memory + 60_000);
    }
  }

  /** Of another shape than the images. */
  private Path examples() throws IOException {
    Path file = folder.resolve("examples.npy");
    if (!Files.exists(file)) {
      NumpyFiles.images(file, 3, 2, 2);
    }
    return file;
  }

  private Scenario read(Session session, String dataset, String attack) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("leaks.yaml"),
            """
            hone: 1
            name: leaks
            dataset: %s
            model: {card: models/mnist-lenet5}
            steps: [{id: attack, attack: %s}]
            """
                .formatted(dataset, attack));
    return new ScenarioReader(session.host().registry(), HoneProcess.checkout())
        .read(file, ScenarioOptions.of());
  }

  private RunOptions options() {
    return new RunOptions(
        new ResultFolder(folder.resolve("out")),
        Existing.REPLACE,
        folder.resolve("data"),
        Silence.INSTANCE,
        new Cancellation(),
        new SimpleMeterRegistry(),
        Map.of());
  }

  private static long handles() throws IOException {
    try (Stream<Path> files = Files.list(HANDLES)) {
      return files.count();
    }
  }

  /** Returns the kilobytes that this process has in memory beside the Java heap. */
  private static long resident() throws IOException {
    System.gc();
    MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    long all =
        Files.readAllLines(STATUS).stream()
            .filter(line -> line.startsWith("VmRSS:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .sum();
    return all - heap.getCommitted() / 1024;
  }
}
