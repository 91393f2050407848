package io.hone.bench;

import io.hone.Hone;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What an autoencoder before greedy improvement saves: queries and seconds, beside greedy alone and
 * beside greedy after an autoencoder without faults.
 */
@Command(
    name = "ChainBenchmark",
    mixinStandardHelpOptions = true,
    description = "Sets an autoencoder and greedy behind it beside greedy alone.")
final class ChainBenchmark implements Callable<Integer> {
  @Mixin private ChainSettings settings;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      description = "Runs that count, after one that does not. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Mixin private DataDirectory dataDirectory;

  @Mixin private Checkout checkout;

  private final Streams streams;

  /** Creates the benchmark. */
  ChainBenchmark(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws IOException {
    try (WorkFolder work = WorkFolder.create();
        Hone hone =
            InstalledPlugins.builder()
                .home(checkout.path())
                .dataFolder(dataDirectory.path())
                .open()) {
      HoneScenario scenario = new HoneScenario(hone, work.path());
      List<ChainFigures> measured = new ArrayList<>();
      for (int round = 0; round <= rounds; round++) {
        ChainFigures figures =
            ChainFigures.of(scenario.run("chain", settings.scenario()).summary().steps());
        streams
            .log()
            .printf(
                Locale.ROOT,
                "greedy %.2f s, behind the autoencoder %.2f s%n",
                figures.greedy().seconds(),
                figures.learned().seconds());
        if (round > 0 || rounds == 0) {
          measured.add(figures);
        }
      }
      ChainFigures.table(measured).forEach(streams.out()::println);
    }
    return CommandLine.ExitCode.OK;
  }
}
