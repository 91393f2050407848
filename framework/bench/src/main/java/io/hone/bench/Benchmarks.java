package io.hone.bench;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs the benchmarks and prints how Hone compares, as a table. Takes JMH's own arguments. */
public final class Benchmarks {
  private static final List<Comparison> COMPARISONS =
      List.of(
          new Comparison(
              "logits, LeNet-5, images/s",
              "LogitsBenchmark.hone",
              Map.of(
                  "LogitsBenchmark.bareShards", "ONNX Runtime, 2 sessions x 1 thread",
                  "LogitsBenchmark.bareWide", "ONNX Runtime, 1 session x 2 threads"),
              0.9),
          new Comparison(
              "loss gradient, LeNet-5, images/s",
              "GradientBenchmark.hone",
              Map.of("GradientBenchmark.djl", "DJL + libtorch, 2 threads"),
              4));

  private Benchmarks() {}

  /**
   * What is compared with what.
   *
   * @param figure what is measured, with its unit
   * @param hone Hone's benchmark
   * @param peers what else does the same, by benchmark; the fastest one counts
   * @param goal Hone's figure divided by the fastest peer's should be at least this
   */
  private record Comparison(String figure, String hone, Map<String, String> peers, double goal) {}

  /** Runs the benchmarks that the arguments select, all of them if they select none. */
  public static void main(String[] arguments) throws RunnerException, CommandLineOptionException {
    CommandLineOptions given = new CommandLineOptions(arguments);
    Options options =
        new OptionsBuilder()
            .parent(given)
            .forks(given.getForkCount().orElse(1))
            .warmupIterations(given.getWarmupIterations().orElse(2))
            .warmupTime(given.getWarmupTime().orElse(TimeValue.seconds(3)))
            .measurementIterations(given.getMeasurementIterations().orElse(5))
            .measurementTime(given.getMeasurementTime().orElse(TimeValue.seconds(3)))
            .build();
    print(scores(new Runner(options).run()));
  }

  private static Map<String, Double> scores(Collection<RunResult> results) {
    Map<String, Double> scores = new LinkedHashMap<>();
    for (RunResult result : results) {
      String name = result.getParams().getBenchmark();
      scores.put(name.substring("io.hone.bench.".length()), result.getPrimaryResult().getScore());
    }
    return scores;
  }

  private static void print(Map<String, Double> scores) {
    System.out.println();
    System.out.println("| figure | Hone | peer | its figure | ratio | goal |");
    System.out.println("|---|---|---|---|---|---|");
    for (Comparison comparison : COMPARISONS) {
      Double hone = scores.get(comparison.hone());
      String fastest = null;
      for (String peer : comparison.peers().keySet()) {
        if (scores.containsKey(peer)
            && (fastest == null || scores.get(peer) > scores.get(fastest))) {
          fastest = peer;
        }
      }
      if (hone != null && fastest != null) {
        double peer = scores.get(fastest);
        System.out.printf(
            Locale.ROOT,
            "| %s | %,.0f | %s | %,.0f | %.2f | %.2f |%n",
            comparison.figure(),
            hone,
            comparison.peers().get(fastest),
            peer,
            hone / peer,
            comparison.goal());
      }
    }
  }
}
