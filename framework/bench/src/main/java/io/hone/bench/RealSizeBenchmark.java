package io.hone.bench;

import io.hone.api.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Attacks on a network and images of everyday size, run by the installed {@code hone} in processes
 * of their own: their time, their memory and how long they say nothing.
 */
@Command(
    name = "RealSizeBenchmark",
    mixinStandardHelpOptions = true,
    description = "Attacks ResNet-50 at 224 x 224 as users would.")
final class RealSizeBenchmark implements Callable<Integer> {
  private static final Path LAUNCHER = Path.of("framework/cli/target/hone/bin/hone");

  @Mixin private RealSizeSettings settings;

  @Option(
      names = "--hone",
      paramLabel = "FILE",
      description =
          "The launcher to run. Default: that of the checkout's distribution, which mvn package"
              + " makes.")
  private Optional<Path> launcher;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Where the model, the images, the scenarios and the results with their reports stay."
              + " Default: a folder that is deleted in the end.")
  private Optional<Path> out;

  @Mixin private Checkout checkout;

  private final Streams streams;

  /** Creates the benchmark. */
  RealSizeBenchmark(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws IOException {
    Path hone = launcher.orElseGet(() -> checkout.path().resolve(LAUNCHER));
    if (!Files.isExecutable(hone)) {
      throw new BadInputException(
          "there is no launcher " + hone + "; run mvn package -DskipTests, or name it by --hone");
    }
    if (out.isPresent()) {
      run(hone, Files.createDirectories(out.get()));
    } else {
      try (WorkFolder work = WorkFolder.create()) {
        run(hone, work.path());
      }
    }
    return CommandLine.ExitCode.OK;
  }

  private void run(Path hone, Path folder) throws IOException {
    settings.writeFiles(folder);
    List<WatchedRun> runs = new ArrayList<>();
    for (RealSizeSettings.AttackRun attack : settings.attacks()) {
      Path scenario = folder.resolve(attack.name() + ".yaml");
      Files.writeString(scenario, settings.scenario(attack));
      Path results = folder.resolve("results").resolve(attack.name());
      runs.add(
          WatchedRun.of(
              attack.name(),
              List.of(
                  hone.toString(),
                  "run",
                  scenario.toString(),
                  "--overwrite",
                  "--out",
                  results.toString()),
              results,
              streams.log()));
    }
    WatchedRun.table(runs).forEach(streams.out()::println);
  }
}
