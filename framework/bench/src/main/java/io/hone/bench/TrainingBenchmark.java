package io.hone.bench;

import io.hone.bench.network.Digits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Seconds that an epoch of the redundancy autoencoder takes, beside PyTorch with the same layers.
 * The two take turns, which JMH cannot do with a peer outside of the virtual machine.
 */
@Command(
    name = "TrainingBenchmark",
    mixinStandardHelpOptions = true,
    description = "Takes the time of an epoch of training, in turns with PyTorch.")
final class TrainingBenchmark implements Callable<Integer> {
  private static final String SCRIPT = "torch_autoencoder.py";

  /** Examples of the untimed training before the first turn. */
  private static final int WARM_UP = 4 * HoneEpoch.BATCH;

  @Option(
      names = "--examples",
      paramLabel = "N",
      defaultValue = "6000",
      description = "Examples of 1x28x28 in the epoch. Default: ${DEFAULT-VALUE}.")
  private int examples;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      description = "Turns of each. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Mixin private PeerOption peer;

  @Mixin private Checkout checkout;

  private final Streams streams;

  /** Creates the benchmark. */
  TrainingBenchmark(Streams streams) {
    this.streams = streams;
  }

  /** What the peer prints. */
  private record Epoch(double seconds) {}

  @Override
  public Integer call() throws IOException {
    Optional<PythonPeer> torch = peer.open("PyTorch", SCRIPT, checkout, streams);
    List<Double> hone = new ArrayList<>();
    List<Double> theirs = new ArrayList<>();
    try (WorkFolder work = WorkFolder.create()) {
      HoneEpoch epoch = new HoneEpoch(work.path());
      epoch.run(WARM_UP);
      for (int round = 0; round < rounds; round++) {
        hone.add(told("Hone", epoch.run(examples)));
        if (torch.isPresent()) {
          theirs.add(told("PyTorch", torch.get().run(Epoch.class, arguments()).seconds()));
        }
      }
    }
    streams.out().println("| epoch of | Hone, s | PyTorch, s | ratio | aim |");
    streams.out().println("|---|---:|---:|---:|---|");
    streams.out().println(line(Medians.of(hone, Comparator.naturalOrder()), theirs));
    return CommandLine.ExitCode.OK;
  }

  private List<String> arguments() {
    return List.of(
        "--examples",
        Integer.toString(examples),
        "--batch",
        Integer.toString(HoneEpoch.BATCH),
        "--threads",
        Integer.toString(Digits.THREADS));
  }

  private double told(String side, double seconds) {
    streams.log().printf(Locale.ROOT, "%s %.2f s%n", side, seconds);
    return seconds;
  }

  private String line(double hone, List<Double> peer) {
    String theirs = " | ";
    if (!peer.isEmpty()) {
      double median = Medians.of(peer, Comparator.naturalOrder());
      theirs = String.format(Locale.ROOT, "%.2f | %.2f", median, hone / median);
    }
    return String.format(
        Locale.ROOT, "| %,d examples | %.2f | %s | at most 3 |", examples, hone, theirs);
  }
}
