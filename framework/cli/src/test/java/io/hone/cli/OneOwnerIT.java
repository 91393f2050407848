package io.hone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.core.results.FolderLock;
import io.hone.core.results.SummaryFile;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real process keeps all others out of its result folder, and nobody once it is killed. */
class OneOwnerIT {
  private static final String LONG =
      """
      hone: 1
      name: long
      dataset: {use: mnist, with: {split: test, classes: [9]}}
      model: {card: models/mnist-lenet5}
      goal: {targeted: 4}
      steps:
        - {id: fgsm, attack: {use: fgsm, with: {epsilon: 0.3}}}
        - {id: pointwise, improve: {use: pointwise}}
      """;

  @TempDir Path folder;

  @Test
  void aSecondRunIsRefusedWithTheProcessOfTheFirst() throws Exception {
    Path scenario = Files.writeString(folder.resolve("long.yaml"), LONG);
    Path out = folder.resolve("out");
    HoneProcess.Running first =
        HoneProcess.in(folder).start("run", scenario.toString(), "--out", out.toString());
    try {
      Path lock = out.resolve(FolderLock.FILE);
      while (first.process().isAlive() && !(Files.isRegularFile(lock) && Files.size(lock) > 0)) {
        Thread.sleep(20);
      }
      for (String option : new String[] {"--resume", "--overwrite"}) {
        StringWriter errors = new StringWriter();
        int exitCode =
            Main.commandLine()
                .setErr(new PrintWriter(errors, true))
                .execute("run", scenario.toString(), "--out=" + out, option);
        assertThat(exitCode).as(errors.toString()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(errors.toString()).contains("in use by process " + first.jvm().pid());
      }
    } finally {
      first.kill();
    }
    int exitCode =
        Main.commandLine()
            .execute("run", scenario.toString(), "--out=" + out, "--overwrite", "--limit=4");
    assertThat(exitCode).isZero();
    assertThat(SummaryFile.read(out).status()).isEqualTo("completed");
    assertThat(out.resolve(FolderLock.FILE)).doesNotExist();
  }
}
