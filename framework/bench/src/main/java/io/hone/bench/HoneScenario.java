package io.hone.bench;

import io.hone.Hone;
import io.hone.RunSettings;
import io.hone.engine.RunResult;
import io.hone.engine.results.ResultFolder.Existing;
import io.hone.engine.results.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Runs scenarios as {@code hone run} does, each with its model opened anew, into one result folder.
 *
 * @param hone with the plugins
 * @param workFolder for scenarios and results
 */
record HoneScenario(Hone hone, Path workFolder) {
  /**
   * Runs a scenario.
   *
   * @param name of its file
   * @param text of it
   * @return what it came to; it completed
   */
  RunResult run(String name, String text) throws IOException {
    return run(name, text, new StopWatch(name));
  }

  /**
   * Runs a scenario.
   *
   * @param name of its file
   * @param text of it
   * @param watch takes its time
   * @return what it came to; it completed
   */
  RunResult run(String name, String text, StopWatch watch) throws IOException {
    Path file = Files.writeString(workFolder.resolve(name + ".yaml"), text);
    RunResult result =
        hone.run(
            file, RunSettings.usual().into(results()).existing(Existing.REPLACE).shownBy(watch));
    if (result.status() != Status.COMPLETED) {
      throw new IllegalStateException(name + " did not complete: " + result.summary().error());
    }
    return result;
  }

  /** Returns where the results of the last run are. */
  Path results() {
    return workFolder.resolve("results");
  }
}
