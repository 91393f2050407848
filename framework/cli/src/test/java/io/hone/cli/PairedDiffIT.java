package io.hone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.cli.HoneProcess.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PairedDiffIT {
  @RegisterExtension final HoneExtension hone = new HoneExtension();

  /** Ten samples, of which an attack finds examples of some. */
  private Path run(String name, String data, List<Integer> successes) throws IOException {
    List<String> rows = new ArrayList<>();
    for (int index = 0; index < 10; index++) {
      boolean success = successes.contains(index);
      rows.add("clean," + index + ",3,,3,3,true,false");
      rows.add("pgd," + index + ",3,,3," + (success ? 5 : 3) + ",true," + success);
    }
    double accuracy = (10 - successes.size()) / 10.0;
    return ResultFiles.write(
        hone.file(name),
        ResultFiles.summary(
            "completed",
            Map.of(),
            data,
            ResultFiles.clean(10, 1),
            ResultFiles.attack("pgd", "pgd", "linf", Map.of(), 10, accuracy)),
        rows);
  }

  @Test
  void runsOfTheSameSamplesAreTestedInPairs() throws IOException {
    Path one = run("one", "digits", List.of(0, 1, 2, 3, 4, 5, 6));
    Path other = run("other", "digits", List.of(0, 9));

    Result result = hone.runHere("diff", one.toString(), other.toString());

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out().lines())
        .anyMatch(line -> line.startsWith("paired tests (McNemar, exact, two-sided)"))
        // 2 (1 + 7) / 2^7
        .contains("  pgd, success: 10 pairs, 6 only in A, 1 only in B, p = 0.1250")
        .contains("  pgd, accuracy: 10 pairs, 1 only in A, 6 only in B, p = 0.1250")
        .contains("  clean, accuracy: 10 pairs, 0 only in A, 0 only in B, p = 1.0000");
  }

  @Test
  void equalRunsStayEqual() throws IOException {
    Path one = run("one", "digits", List.of(0));
    Path other = run("other", "digits", List.of(0));

    Result result = hone.runHere("diff", one.toString(), other.toString());

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).isEqualToIgnoringNewLines("equal, but for times, dates and meters");
  }

  @Test
  void saysWhyThereIsNoTest() throws IOException {
    Path one = run("one", "digits", List.of(0));
    Path other = run("other", "letters", List.of(0));

    Result result = hone.runHere("diff", one.toString(), other.toString());

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out()).contains("no paired test: the runs have different data sets");
  }
}
