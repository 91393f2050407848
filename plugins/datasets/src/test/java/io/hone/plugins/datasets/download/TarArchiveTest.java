package io.hone.plugins.datasets.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.BadInputException;
import io.hone.api.run.RunCancelledException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarArchiveTest {
  private static final List<String> WANTED = List.of("a.bin", "b.bin");

  @TempDir Path folder;
  private Path archive;
  private byte[] tar;

  @BeforeEach
  void writeArchive() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("data/", new byte[0]);
    files.put("data/other.txt", new byte[700]);
    files.put("data/a.bin", new byte[512]);
    files.put("data/b.bin", "second".getBytes(StandardCharsets.UTF_8));
    tar = Archives.uncompressedTar(files);
    archive = folder.resolve("archive.tar.gz");
    Files.write(archive, Archives.gzip(tar));
  }

  private void extract() throws IOException {
    new TarArchive(archive).extract(WANTED, folder, () -> {});
  }

  @Test
  void takesOutTheFilesThatAreNamed() throws IOException {
    extract();
    assertThat(folder.resolve("a.bin")).hasBinaryContent(new byte[512]);
    assertThat(folder.resolve("b.bin")).hasContent("second");
    assertThat(folder.resolve("other.txt")).doesNotExist();
  }

  @Test
  void refusesEveryTruncation() throws IOException {
    // The two empty blocks at the end tell nothing.
    int content = tar.length - 1024 - 506;
    for (int length = 0; length < content; length += 37) {
      Files.write(archive, Archives.gzip(Arrays.copyOf(tar, length)));
      assertRefused();
    }
    byte[] whole = Archives.gzip(tar);
    for (int length = 0; length < whole.length / 2; length++) {
      Files.write(archive, Arrays.copyOf(whole, length));
      assertRefused();
    }
  }

  @Test
  void refusesWhatIsNoArchive() throws IOException {
    Files.writeString(archive, "<html>Sign in to this network</html>");
    assertRefused();
    byte[] damaged = tar.clone();
    damaged[512 + 124] = 'x';
    Files.write(archive, Archives.gzip(damaged));
    assertThatThrownBy(this::extract)
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("size is 'x");
  }

  private void assertRefused() {
    assertThatThrownBy(this::extract)
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(archive + " is damaged");
  }

  @Test
  void namesWhatIsMissing() {
    assertThatThrownBy(() -> new TarArchive(archive).extract(List.of("c.bin"), folder, () -> {}))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("it lacks c.bin");
  }

  @Test
  void endsWhenTheUserCancels() {
    Runnable cancelled =
        () -> {
          throw new RunCancelledException();
        };
    assertThatThrownBy(() -> new TarArchive(archive).extract(WANTED, folder, cancelled))
        .isInstanceOf(RunCancelledException.class);
  }
}
