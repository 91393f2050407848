package io.hone.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.data.Tensor;
import io.hone.api.train.Examples;
import io.hone.engine.results.FolderLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    Path left = part("part-left");
    Path written = part("part-written");

    ExampleStore store = new ExampleStore(folder);
    FolderLock owner = FolderLock.acquire(written, "wait", notice -> {});
    store.put("key", examples(1));
    owner.close();

    assertThat(left).doesNotExist();
    assertThat(written.resolve("examples/training-inputs.npy")).exists();
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

  private Path part(String name) throws IOException {
    Path part = folder.resolve(name);
    Files.createDirectories(part.resolve("examples"));
    Files.writeString(part.resolve("examples/training-inputs.npy"), "half");
    return part;
  }
}
