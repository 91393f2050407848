package io.hone.bench;

import io.hone.api.BadInputException;
import io.hone.engine.results.StepSummary;
import io.hone.engine.results.Summary;
import io.hone.engine.results.SummaryFile;
import io.hone.host.figure.FigureTree;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A run of the launcher in a process of its own, and what was seen of it from outside.
 *
 * @param name of the run
 * @param step what it measured
 * @param seconds from its start to its end
 * @param longestSilence seconds in which it said nothing
 * @param megabytes most memory that it held; NaN where the system does not tell
 */
record WatchedRun(
    String name, StepSummary step, double seconds, double longestSilence, double megabytes) {
  /**
   * Runs the launcher.
   *
   * @param results where it writes its results
   * @param log gets what it says
   */
  static WatchedRun of(String name, List<String> command, Path results, PrintStream log)
      throws IOException {
    long start = System.nanoTime();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    PeakMemory memory = PeakMemory.watch(process.toHandle());
    double longest = 0;
    long last = start;
    List<String> said = new ArrayList<>();
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        long now = System.nanoTime();
        longest = Math.max(longest, (now - last) / 1e9);
        last = now;
        said.add(line);
        log.println(line);
      }
    }
    double megabytes = memory.end();
    if (ChildProcess.exitCode(process) != 0) {
      throw new BadInputException(
          name + " ended with an error; what it says is above: " + said.get(said.size() - 1));
    }
    long end = System.nanoTime();
    longest = Math.max(longest, (end - last) / 1e9);
    Summary summary = SummaryFile.read(results);
    StepSummary step =
        summary.steps().stream().filter(one -> one.id().equals(name)).findAny().orElseThrow();
    return new WatchedRun(name, step, (end - start) / 1e9, longest, megabytes);
  }

  /** Returns the runs as a table. */
  static List<String> table(List<WatchedRun> runs) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "| attack | images | success | forward queries per image | gradient queries per image | s | s in the attack"
            + " | peak memory, MB | longest silence, s |");
    lines.add("|---|---:|---:|---:|---:|---:|---:|---:|---:|");
    runs.forEach(run -> lines.add(run.row()));
    return lines;
  }

  private String row() {
    return String.format(
        Locale.ROOT,
        "| `%s` | %d | %.2f | %.0f | %.0f | %.1f | %.1f | %.0f | %.1f |",
        name,
        step.attempted(),
        figure("success_rate"),
        figure("queries.forward"),
        figure("queries.gradient"),
        seconds,
        figure("seconds"),
        megabytes,
        longestSilence);
  }

  private double figure(String path) {
    return FigureTree.find(step.metrics(), path).orElse(Double.NaN);
  }
}
