package io.hone.bench;

import java.util.Arrays;
import java.util.Optional;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/**
 * Runs the benchmarks and prints how Hone compares, as a table. Takes JMH's own arguments, or the
 * name of a {@link NamedBenchmark} and the options of that one, which JMH does not run.
 */
public final class Benchmarks {
  private Benchmarks() {}

  /** Runs the benchmarks that the arguments select, all of JMH's if they select none. */
  public static void main(String[] arguments) throws RunnerException, CommandLineOptionException {
    Optional<NamedBenchmark> named =
        arguments.length > 0 ? NamedBenchmark.of(arguments[0]) : Optional.empty();
    if (named.isPresent()) {
      String[] options = Arrays.copyOfRange(arguments, 1, arguments.length);
      System.exit(named.get().run(new Streams(System.out, System.err), options));
    }
    Figures figures = new Figures(new Runner(new CommandLineOptions(arguments)).run());
    System.out.println();
    Comparisons.of(figures).forEach(System.out::println);
  }
}
