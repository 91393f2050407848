package io.hone.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Measures a few images; what it measures is not looked at. */
class CoverageBenchmarkIT {
  private final BenchmarkOutput output = new BenchmarkOutput(NamedBenchmark.COVERAGE);

  @TempDir private Path data;

  @Test
  void measuresBothKindsOfNeurons() {
    int code = output.run("--images", "40", "--rounds", "0", "--data-dir", data.toString());
    assertThat(code).as(output.log()).isZero();
    assertThat(output.rows())
        .extracting(row -> row.get(1))
        .isEqualTo(List.of("channel-mean", "unit"));
  }
}
