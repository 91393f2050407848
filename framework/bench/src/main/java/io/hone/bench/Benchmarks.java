package io.hone.bench;

import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/** Runs the benchmarks and prints how Hone compares, as a table. Takes JMH's own arguments. */
public final class Benchmarks {
  private Benchmarks() {}

  /** Runs the benchmarks that the arguments select, all of them if they select none. */
  public static void main(String[] arguments) throws RunnerException, CommandLineOptionException {
    Figures figures = new Figures(new Runner(new CommandLineOptions(arguments)).run());
    System.out.println();
    Comparisons.of(figures).forEach(System.out::println);
  }
}
