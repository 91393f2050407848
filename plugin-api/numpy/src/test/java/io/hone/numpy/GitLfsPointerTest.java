package io.hone.numpy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.BadInputException;
import io.hone.api.GitLfsPointer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitLfsPointerTest {
  private static final String POINTER =
      """
      version https://git-lfs.github.com/spec/v1
      oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393
      size 12345
      """;

  @TempDir Path folder;

  @Test
  void isToldFromOtherFiles() throws IOException {
    Path pointer = Files.writeString(folder.resolve("a.bin"), POINTER);
    assertThat(GitLfsPointer.isPointer(pointer)).isTrue();
    assertThatThrownBy(() -> GitLfsPointer.refuse(pointer))
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll("a.bin", "Git LFS pointer", "git lfs pull");
    assertThat(GitLfsPointer.isPointer(Files.writeString(folder.resolve("b"), "version 1")))
        .isFalse();
    assertThat(GitLfsPointer.isPointer(folder)).isFalse();
    assertThat(GitLfsPointer.isPointer(folder.resolve("absent"))).isFalse();
  }

  @Test
  void isToldWhereAnArrayIsWanted() throws IOException {
    Path pointer = Files.writeString(folder.resolve("a.npy"), POINTER);
    assertThatThrownBy(() -> NumpyArray.open(pointer))
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll("a.npy", "Git LFS pointer");
    assertThatThrownBy(() -> NumpyArray.entries(pointer)).hasMessageContaining("Git LFS pointer");
  }
}
