package io.hone.training;

import io.hone.api.data.Tensor;
import io.hone.api.train.Examples;
import io.hone.engine.results.FileTree;
import io.hone.engine.results.FolderLock;
import io.hone.numpy.NumpyArray;
import io.hone.numpy.NumpyType;
import io.hone.numpy.NumpyWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Keeps training examples on disk under a key made of everything they depend on. */
final class ExampleStore {
  private static final String PART = "part-";

  /** The folder of a part that becomes the stored one. */
  private static final String WHOLE = "examples";

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
    Path part = folder.resolve(PART + UUID.randomUUID());
    FolderLock lock = FolderLock.acquire(part, "begin again", notice -> {});
    try {
      store(key, examples, Files.createDirectory(part.resolve(WHOLE)));
    } finally {
      lock.close();
    }
  }

  private void store(String key, TrainingExamples examples, Path whole) throws IOException {
    try {
      write(whole, "training", examples.training());
      write(whole, "validation", examples.validation());
      if (!Files.exists(folder.resolve(key))) {
        Files.move(whole, folder.resolve(key), StandardCopyOption.ATOMIC_MOVE);
      }
    } finally {
      FileTree.delete(whole);
    }
  }

  /** A part whose owner lives is locked: other processes may write theirs at the same time. */
  private void deleteLeftParts() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path part : files.filter(ExampleStore::isPart).toList()) {
        Optional<FolderLock> left = FolderLock.ofAbandoned(part);
        if (left.isPresent()) {
          delete(part, left.get());
        }
      }
    }
  }

  private static boolean isPart(Path path) {
    return path.getFileName().toString().startsWith(PART);
  }

  private static void delete(Path part, FolderLock lock) throws IOException {
    try (lock;
        Stream<Path> files = Files.list(part)) {
      for (Path file : files.filter(path -> !path.endsWith(FolderLock.FILE)).toList()) {
        FileTree.delete(file);
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
