package io.hone.onnx.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Holds {@code OPERATORS.md} to what the library does. After a change to the registry or to the
 * cases, {@code mvn -pl framework/onnx -am test -Dtest=OperatorTableTest -Dhone.operators.write
 * -Dsurefire.failIfNoSpecifiedTests=false} writes it anew.
 */
class OperatorTableTest {
  private static final Path FILE = Path.of("OPERATORS.md");

  private final OperatorTable table = new OperatorTable();

  @Test
  void everyOperatorWithAGradientHasCases() {
    assertThat(table.withoutCases()).as("operators that OperatorCases never draws").isEmpty();
  }

  @Test
  void theTableInTheDocsIsTheLibrarys() throws IOException {
    if (System.getProperty("hone.operators.write") != null) {
      Files.writeString(FILE, table.markdown());
    }
    assertThat(Files.readString(FILE))
        .as("OPERATORS.md; write it anew with -Dhone.operators.write")
        .isEqualTo(table.markdown());
  }
}
