package io.hone.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Seconds that {@code hone train} takes to make its pairs of adversarial example and mask, and to
 * find them again.
 */
@Command(
    name = "PairsBenchmark",
    mixinStandardHelpOptions = true,
    description =
        "Takes the time of making a training scenario's pairs, and of finding them again.")
final class PairsBenchmark implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      defaultValue = "scenarios/train/mnist-redundancy-fgsm.yaml",
      description = "The training scenario. Default: ${DEFAULT-VALUE}.")
  private Path file;

  @Option(names = "--set", paramLabel = "PATH=VALUE", description = "Changes one value.")
  private List<String> overrides = List.of();

  @Mixin private DataDirectory dataDirectory;

  @Mixin private Checkout checkout;

  private final Streams streams;

  /** Creates the benchmark. */
  PairsBenchmark(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws IOException {
    Path home = checkout.path();
    try (WorkFolder work = WorkFolder.create()) {
      HonePairs pairs = new HonePairs(home, home.resolve(file), overrides, work.path());
      pairs.link(dataDirectory.path());
      HonePairs.Made made = told("made", pairs.make());
      HonePairs.Made found = told("found again", pairs.find());
      streams.out().println("| training pairs of | pairs | made, s | pairs/s | found again, s |");
      streams.out().println("|---|---:|---:|---:|---:|");
      streams
          .out()
          .printf(
              Locale.ROOT,
              "| %s | %,d | %.2f | %.0f | %.2f |%n",
              file.getFileName().toString().replace(".yaml", ""),
              made.count(),
              made.seconds(),
              made.count() / made.seconds(),
              found.seconds());
    }
    return CommandLine.ExitCode.OK;
  }

  private HonePairs.Made told(String what, HonePairs.Made pairs) {
    streams.log().printf(Locale.ROOT, "%s in %.2f s%n", what, pairs.seconds());
    return pairs;
  }
}
