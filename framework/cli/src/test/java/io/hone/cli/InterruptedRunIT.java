package io.hone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hone.cli.HoneProcess.Result;
import io.hone.engine.results.ResultDiff;
import io.hone.engine.results.ResultFolder;
import io.hone.engine.results.Summary;
import io.hone.engine.results.SummaryFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run that is killed or interrupted goes on from its finished batches. */
class InterruptedRunIT {
  private static final String QUICKSTART =
      HoneProcess.checkout().resolve("scenarios/quickstart.yaml").toString();

  @RegisterExtension final HoneExtension hone = new HoneExtension();

  @Test
  void killedRunResumesToTheSameFiles() throws Exception {
    assertThat(hone.run(to("whole")).exitCode()).isZero();

    HoneProcess.Running killed = hone.start(to("killed"));
    await(killed, "killed", 5);
    killed.kill();
    assertThat(hone.file("killed/summary.json")).doesNotExist();

    Result resumed = hone.run(to("killed", "--resume"));
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(new ResultDiff(hone.file("whole"), hone.file("killed")).differences()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"INT, launcher", "INT, both", "TERM, launcher"})
  void aSignalEndsWith130AndKeepsFinishedBatches(String signal, String receiver) throws Exception {
    assumeTrue(
        signal.equals("TERM") || IgnoredSignals.canBeUndone(),
        "interrupts are ignored here, and neither env, perl nor python3 can undo it");
    HoneProcess.Running process = hone.start(to("out"));
    await(process, "out", 3);
    if (receiver.equals("both")) {
      process.signalBoth(signal);
    } else {
      process.signal(signal);
    }
    Result result = process.await();

    assertThat(result.exitCode()).as(result.err()).isEqualTo(130);
    assertThat(result.err()).contains("--resume");
    Summary summary = SummaryFile.read(hone.file("out"));
    assertThat(summary.status()).isEqualTo("cancelled");
    assertThat(summary.steps().get(0).samples()).isPositive();
    assertThat(hone.run(to("out", "--resume")).exitCode()).isZero();
  }

  /** The quickstart in sixteen batches. */
  private static String[] to(String out, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("run", QUICKSTART, "--limit", "128", "--batch", "8", "--out", out));
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  /** Waits until some batches are finished. */
  private void await(HoneProcess.Running running, String out, int batches)
      throws IOException, InterruptedException {
    Path journal = hone.file(out).resolve(ResultFolder.JOURNAL);
    while (running.process().isAlive() && finished(journal) < batches) {
      Thread.sleep(20);
    }
  }

  private static long finished(Path journal) throws IOException {
    if (!Files.isDirectory(journal)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(journal)) {
      return files.filter(file -> file.toString().endsWith(".unit")).count();
    }
  }
}
