package io.hone.cli;

import io.hone.cli.process.ExitCode;
import io.hone.engine.comparison.PairedComparison;
import io.hone.engine.results.ResultDiff;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Compares two result folders. */
@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    description = {
      "Compares two result folders, leaving out what changes from run to run: times, dates,"
          + " meters.",
      "Where they differ and both runs have the same samples, McNemar's test tells for each step"
          + " of the same name how likely the difference in success and in accuracy is by chance.",
      "Ends with 0 where they are equal, 1 where they differ."
    })
final class DiffCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "A", description = "A result folder.")
  private Path first;

  @Parameters(index = "1", paramLabel = "B", description = "Another one.")
  private Path second;

  @Override
  public Integer call() throws IOException {
    List<String> differences = new ResultDiff(first, second).differences();
    differences.forEach(System.out::println);
    if (differences.isEmpty()) {
      System.out.println("equal, but for times, dates and meters");
      return ExitCode.DONE;
    }
    new PairedComparison(first, second).lines().forEach(System.out::println);
    return ExitCode.FAILED;
  }
}
