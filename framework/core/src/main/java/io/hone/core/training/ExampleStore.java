package io.hone.core.training;

import io.hone.api.numpy.NumpyArray;
import io.hone.api.numpy.NumpyType;
import io.hone.api.numpy.NumpyWriter;
import io.hone.api.tensor.Tensor;
import io.hone.api.train.Examples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** Keeps training examples on disk under a key made of everything they depend on. */
final class ExampleStore {
  private static final String PART = "part-";

  /** Writing takes minutes at most, so an older part was left behind by a process that ended. */
  private static final Duration LONGEST_WRITING = Duration.ofHours(6);

  private final Path folder;

  ExampleStore(Path folder) {
    this.folder = folder;
  }

  /** Returns the examples stored under a key, if they are there. */
  Optional<TrainingExamples> find(String key) {
    Path stored = folder.resolve(key);
    if (!Files.isDirectory(stored)) {
      return Optional.empty();
    }
    return Optional.of(
        new TrainingExamples(read(stored, "training"), read(stored, "validation"), true));
  }

  private static Examples read(Path folder, String name) {
    return new Examples(
        readArray(folder.resolve(name + "-inputs.npy")),
        readArray(folder.resolve(name + "-targets.npy")));
  }

  private static Tensor readArray(Path file) {
    try (NumpyArray array = NumpyArray.open(file)) {
      Tensor tensor =
          Tensor.zeros(Arrays.stream(array.shape()).mapToInt(Math::toIntExact).toArray());
      array.read(0, tensor);
      return tensor;
    }
  }

  /**
   * Stores examples under a key; they appear there only once they are whole. What earlier processes
   * left behind when they were killed is deleted.
   */
  void put(String key, TrainingExamples examples) throws IOException {
    Files.createDirectories(folder);
    deleteLeftParts();
    Path part = Files.createTempDirectory(folder, PART);
    try {
      write(part, "training", examples.training());
      write(part, "validation", examples.validation());
      if (!Files.exists(folder.resolve(key))) {
        Files.move(part, folder.resolve(key), StandardCopyOption.ATOMIC_MOVE);
      }
    } finally {
      delete(part);
    }
  }

  private void deleteLeftParts() throws IOException {
    Instant oldest = Instant.now().minus(LONGEST_WRITING);
    try (Stream<Path> parts = Files.list(folder)) {
      for (Path part : parts.filter(ExampleStore::isPart).toList()) {
        if (isOlder(part, oldest)) {
          delete(part);
        }
      }
    }
  }

  private static boolean isPart(Path path) {
    return path.getFileName().toString().startsWith(PART);
  }

  private static boolean isOlder(Path part, Instant oldest) throws IOException {
    try {
      return Files.getLastModifiedTime(part).toInstant().isBefore(oldest);
    } catch (NoSuchFileException gone) {
      // Another process has just finished it, or deleted it.
      return false;
    }
  }

  /** Deletes a part and its files, if it is there. */
  private static void delete(Path part) throws IOException {
    if (!Files.isDirectory(part)) {
      return;
    }
    try (Stream<Path> files = Files.list(part)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(part);
  }

  private static void write(Path folder, String name, Examples examples) {
    writeArray(folder.resolve(name + "-inputs.npy"), examples.inputs());
    writeArray(folder.resolve(name + "-targets.npy"), examples.targets());
  }

  private static void writeArray(Path file, Tensor tensor) {
    int[] shape = tensor.shape();
    try (NumpyWriter writer =
        NumpyWriter.create(file, NumpyType.FLOAT32, Arrays.copyOfRange(shape, 1, shape.length))) {
      writer.append(tensor);
    }
  }
}
