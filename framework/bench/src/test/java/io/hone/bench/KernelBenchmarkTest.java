package io.hone.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs the benchmark on its smallest images; what it measures is not looked at. */
class KernelBenchmarkTest {
  @Test
  void allFormsComeToTheSameGradient() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    int code = NamedBenchmark.KERNEL.run(new Streams(out, out), "--side", "4", "--rounds", "0");
    assertThat(code).isZero();
    List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).hasSize(4);
    assertThat(lines.get(2))
        .contains("128 to 128, 3 x 3, stride 1, side 4")
        .doesNotContain("wrong");
  }
}
