package io.hone.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.api.run.Progress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsoleTest {
  @ParameterizedTest
  @CsvSource({"600, false", "3600000, true"})
  void lessThanASecondIsNotWorthTelling(long milliseconds, boolean told) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    Console console = new Console(new PrintStream(text, true, StandardCharsets.UTF_8), false);

    try (Progress progress = console.progress("work", 10)) {
      progress.advance(3);
      progress.expect(Optional.of(Duration.ofMillis(milliseconds)));
    }

    assertThat(text.toString(StandardCharsets.UTF_8).contains(" left")).isEqualTo(told);
  }
}
