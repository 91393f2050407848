package io.hone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrometheusFileTest {
  @TempDir Path folder;

  @Test
  void aFileThatIsNotOfMetersIsNeverReplaced() throws IOException {
    Path thesis = Files.writeString(folder.resolve("thesis.txt"), "precious");

    refused(thesis, "holds no meters");
    refused(folder, "is a folder");
    refused(folder.resolve("none/meters.txt"), "does not exist");
    assertThat(thesis).hasContent("precious");
  }

  @Test
  void metersReplaceMeters() throws IOException {
    PrometheusFile file = new PrometheusFile(folder.resolve("meters.txt"));
    file.check();
    file.write("# HELP hone_images Images.\n");
    file.check();
    file.write("# TYPE hone_images_total counter\n");
    file.check();

    assertThat(folder.resolve("meters.txt")).hasContent("# TYPE hone_images_total counter\n");
  }

  private static void refused(Path file, String reason) {
    assertThatThrownBy(() -> new PrometheusFile(file).check())
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll("--prometheus", reason);
  }
}
