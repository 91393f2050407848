package io.hone.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.tensor.Tensor;
import io.hone.api.train.Examples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training examples appear whole or not at all, and a kill leaves nothing for good. */
class ExampleStoreTest {
  @TempDir Path folder;

  private static TrainingExamples examples(float value) {
    Tensor one = Tensor.of(new float[] {value}, 1, 1, 1, 1);
    Examples some = new Examples(one, one);
    return new TrainingExamples(some, some, false);
  }

  @Test
  void whatAKilledProcessLeftIsDeletedAndWhatOneWritesStays() throws IOException {
    Path left = part("part-left", Instant.now().minus(Duration.ofDays(1)));
    Path written = part("part-written", Instant.now());

    ExampleStore store = new ExampleStore(folder);
    store.put("key", examples(1));

    assertThat(left).doesNotExist();
    assertThat(folder).isDirectoryContaining(written::equals);
    assertThat(store.find("key")).isPresent();
  }

  @Test
  void aSecondWriterOfAKeyAndAFailureLeaveNoPart() throws IOException {
    ExampleStore store = new ExampleStore(folder);
    store.put("key", examples(1));
    store.put("key", examples(2));
    Files.writeString(folder.resolve("file"), "in the way");

    assertThatThrownBy(() -> store.put("file/key", examples(3))).isInstanceOf(IOException.class);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("key", "file");
    }
  }

  private Path part(String name, Instant modified) throws IOException {
    Path part = Files.createDirectory(folder.resolve(name));
    Files.writeString(part.resolve("training-inputs.npy"), "half");
    Files.setLastModifiedTime(part, FileTime.from(modified));
    return part;
  }
}
