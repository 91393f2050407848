package io.hone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.cli.process.ExitCode;
import io.hone.engine.results.FolderLock;
import io.hone.engine.results.ResultFolder;
import io.hone.engine.results.SummaryFile;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
      while (first.process().isAlive() && !Files.isDirectory(out.resolve(ResultFolder.JOURNAL))) {
        Thread.sleep(20);
      }
      Path link = Files.createSymbolicLink(folder.resolve("link"), out);
      List<List<String>> options =
          List.of(
              List.of("--out=" + out, "--resume"),
              List.of("--out=" + out, "--overwrite"),
              List.of("--out=" + out),
              List.of("--out=" + link));
      for (List<String> option : options) {
        StringWriter errors = new StringWriter();
        List<String> command = new ArrayList<>(List.of("run", scenario.toString()));
        command.addAll(option);
        int exitCode =
            Main.commandLine()
                .setErr(new PrintWriter(errors, true))
                .execute(command.toArray(String[]::new));
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
