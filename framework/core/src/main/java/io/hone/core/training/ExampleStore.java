package io.hone.core.training;

import io.hone.api.numpy.NumpyArray;
import io.hone.api.numpy.NumpyType;
import io.hone.api.numpy.NumpyWriter;
import io.hone.api.tensor.Tensor;
import io.hone.api.train.Examples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Optional;

/** Keeps training examples on disk under a key made of everything they depend on. */
final class ExampleStore {
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

  /** Stores examples under a key; they appear there only once they are whole. */
  void put(String key, TrainingExamples examples) throws IOException {
    Files.createDirectories(folder);
    Path part = Files.createTempDirectory(folder, "part-");
    write(part, "training", examples.training());
    write(part, "validation", examples.validation());
    if (!Files.exists(folder.resolve(key))) {
      Files.move(part, folder.resolve(key), StandardCopyOption.ATOMIC_MOVE);
    }
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
