package io.hone.bench;

import java.io.IOException;
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
 * Seconds that an epoch of training takes on both of Hone's engines, beside libtorch and PyTorch
 * with the same layers. All take turns, which JMH cannot do with peers outside of the virtual
 * machine.
 */
@Command(
    name = "TrainingBenchmark",
    mixinStandardHelpOptions = true,
    description = "Takes the time of an epoch of training, in turns with libtorch and PyTorch.")
final class TrainingBenchmark implements Callable<Integer> {
  private static final List<String> COLUMNS =
      List.of("Hone, onnxruntime", "Hone, dl4j", "libtorch", "PyTorch");

  private static final String REFERENCE = "libtorch";

  @Option(
      names = "--network",
      paramLabel = "NAME",
      split = ",",
      defaultValue = "redundancy-autoencoder,lenet5,vgg-small",
      description =
          "The networks to train, among ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.",
      converter = NetworkWord.class,
      completionCandidates = NetworkWord.class)
  private List<TrainingWorkload> workloads;

  @Option(
      names = "--examples",
      paramLabel = "N",
      defaultValue = "6000",
      description = "Examples in the epoch. Default: ${DEFAULT-VALUE}.",
      converter = PositiveNumber.class)
  private int examples;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      description = "Turns of each side. Default: ${DEFAULT-VALUE}.",
      converter = PositiveNumber.class)
  private int rounds;

  @Option(
      names = "--threads",
      paramLabel = "N",
      split = ",",
      defaultValue = "1,2",
      description =
          "How many threads each side computes with. Hone's engine onnxruntime cuts a batch into as"
              + " many shards; its engine dl4j takes part with 1 thread. Default:"
              + " ${DEFAULT-VALUE}.",
      converter = PositiveNumber.class)
  private List<Integer> threads;

  @Mixin private PeerOption peer;

  @Mixin private Checkout checkout;

  private final Streams streams;

  /** Creates the benchmark. */
  TrainingBenchmark(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws IOException {
    Optional<PythonPeer> torch =
        peer.open("PyTorch, which libtorch needs too,", TorchTraining.SCRIPT, checkout, streams);
    TrainingTable table = new TrainingTable(COLUMNS, REFERENCE);
    try (WorkFolder work = WorkFolder.create()) {
      for (TrainingWorkload workload : workloads) {
        for (int count : threads) {
          TrainingComparison comparison =
              new TrainingComparison(workload, sides(count, torch, work.path()));
          comparison.check();
          table.add(workload, examples, count, comparison.turns(examples, rounds, streams));
        }
      }
    } finally {
      // A side that fails late does not cost the figures of those before it.
      table.lines().forEach(streams.out()::println);
    }
    return CommandLine.ExitCode.OK;
  }

  private static List<TrainingSide> sides(
      int threads, Optional<PythonPeer> torch, Path workFolder) {
    List<TrainingSide> sides = new ArrayList<>();
    sides.add(new HoneTraining(HoneTraining.ONNX_RUNTIME, threads, workFolder));
    if (threads == 1) {
      sides.add(new HoneTraining(HoneTraining.DL4J, 1, workFolder));
    }
    torch.ifPresent(
        script -> {
          sides.add(new LibtorchTraining(script, threads, workFolder));
          sides.add(new TorchTraining(script, threads));
        });
    return sides;
  }
}
