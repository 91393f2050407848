package io.hone.bench;

import io.hone.api.BadInputException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine;

/**
 * The benchmarks that JMH has no part in, because their peers live in other processes or because
 * what counts is a run as users start it. Each has options of its own.
 */
enum NamedBenchmark {
  /** Attacks beside Foolbox. */
  ATTACK(AttackBenchmark.class, AttackBenchmark::new),
  /** Robustness beside the authors' AutoAttack. */
  AUTO_ATTACK(AutoAttackBenchmark.class, AutoAttackBenchmark::new),
  /** An epoch of training beside PyTorch. */
  TRAINING(TrainingBenchmark.class, TrainingBenchmark::new),
  /** Training pairs, made and found again. */
  PAIRS(PairsBenchmark.class, PairsBenchmark::new),
  /** What an autoencoder before greedy saves. */
  CHAIN(ChainBenchmark.class, ChainBenchmark::new),
  /** What coverage adds to a run. */
  COVERAGE(CoverageBenchmark.class, CoverageBenchmark::new),
  /** Gradients of single kernels in every form. */
  KERNEL(KernelBenchmark.class, KernelBenchmark::new),
  /** Attacks on a network and images of everyday size. */
  REAL_SIZE(RealSizeBenchmark.class, RealSizeBenchmark::new);

  private final Class<?> type;
  private final Function<Streams, Callable<Integer>> command;

  NamedBenchmark(Class<?> type, Function<Streams, Callable<Integer>> command) {
    this.type = type;
    this.command = command;
  }

  /** Returns the benchmark of a name such as {@code AttackBenchmark}. */
  static Optional<NamedBenchmark> of(String name) {
    return Arrays.stream(values()).filter(one -> one.type.getSimpleName().equals(name)).findAny();
  }

  /**
   * Runs the benchmark.
   *
   * @return the exit code
   */
  int run(Streams streams, String... arguments) {
    return new CommandLine(command.apply(streams))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setErr(new PrintWriter(streams.log(), true))
        .setExecutionExceptionHandler(
            (failure, line, parsed) -> {
              if (!(failure instanceof BadInputException)) {
                throw failure;
              }
              streams.log().println("error: " + failure.getMessage());
              return CommandLine.ExitCode.USAGE;
            })
        .execute(arguments);
  }
}
