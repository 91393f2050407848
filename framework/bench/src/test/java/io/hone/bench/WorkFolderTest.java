package io.hone.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkFolderTest {
  @Test
  void leavesAloneWhatALinkLeadsTo(@TempDir Path elsewhere) throws IOException {
    Path kept = Files.writeString(elsewhere.resolve("kept"), "data");
    Path path;
    try (WorkFolder work = WorkFolder.create()) {
      path = work.path();
      Files.createSymbolicLink(path.resolve("link"), elsewhere);
      Files.createDirectories(path.resolve("a/b"));
    }
    assertThat(path).doesNotExist();
    assertThat(kept).hasContent("data");
  }
}
