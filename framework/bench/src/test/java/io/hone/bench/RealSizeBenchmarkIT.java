package io.hone.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs a stand-in for the launcher: attacks on ResNet-50 take minutes. */
class RealSizeBenchmarkIT {
  private static final String SUMMARY =
      """
      {"hone": 1, "status": "completed", "steps": [{"name": "NAME", "id": "NAME", "of": "clean",
      "kind": "attack", "use": "NAME", "variant": {}, "samples": 3, "attempted": 3, "skipped": {},
      "metrics": {"success_rate": 0.5, "seconds": 2.5, "queries": {"forward": 30,
      "gradient": 60}}}]}
      """;

  @TempDir Path folder;

  private final BenchmarkOutput output = new BenchmarkOutput(NamedBenchmark.REAL_SIZE);

  private String launcher(String script) throws IOException {
    Path file = Files.writeString(folder.resolve("hone"), "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    return file.toString();
  }

  private int run(String launcher) {
    return output.run(
        "--hone",
        launcher,
        "--out",
        folder.resolve("out").toString(),
        "--images",
        "3",
        "--ensemble-images",
        "2");
  }

  @Test
  void printsWhatEachRunTook() throws IOException {
    String script =
        """
        out="$5"
        mkdir -p "$out"
        name=$(basename "$out")
        cat > "$out/summary.json" <<'JSON'
        %s
        JSON
        sed -i "s/NAME/$name/g" "$out/summary.json"
        echo "$name: 1 of 3"
        """
            .formatted(SUMMARY.strip());
    assertThat(run(launcher(script))).as(output.log()).isZero();
    List<List<String>> rows = output.rows();
    assertThat(rows)
        .extracting(row -> row.get(1))
        .containsExactly("`pgd`", "`square`", "`auto-attack`");
    assertThat(rows)
        .allSatisfy(row -> assertThat(row.subList(2, 6)).containsExactly("3", "0.50", "30", "60"));
    assertThat(output.log()).contains("square: 1 of 3");
    Path out = folder.resolve("out");
    assertThat(Files.size(out.resolve("images.npy"))).isGreaterThan(3L * 3 * 224 * 224 * 4);
    assertThat(out.resolve("resnet50.onnx")).exists();
    assertThat(out.resolve("auto-attack.yaml")).content().contains("take: 2", "use: auto-attack");
  }

  @Test
  void aFailedRunIsTold() throws IOException {
    assertThat(run(launcher("echo 'error: no'; exit 2"))).isEqualTo(2);
    assertThat(output.log()).contains("pgd ended with an error").contains("error: no");
  }

  @Test
  void aMissingLauncherIsTold() {
    assertThat(run(folder.resolve("none").toString())).isEqualTo(2);
    assertThat(output.log()).contains("there is no launcher").contains("mvn package");
  }
}
