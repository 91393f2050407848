package io.hone.cli;

import io.hone.api.numpy.NumpyType;
import io.hone.api.numpy.NumpyWriter;
import io.hone.api.tensor.Tensor;
import java.nio.file.Path;

/** Array files for tests. */
final class NumpyFiles {
  private NumpyFiles() {}

  static void images(Path file, int count, int height, int width) {
    try (NumpyWriter writer = NumpyWriter.create(file, NumpyType.FLOAT32, 1, height, width)) {
      writer.append(Tensor.zeros(count, 1, height, width));
    }
  }

  static void labels(Path file, long... labels) {
    try (NumpyWriter writer = NumpyWriter.create(file, NumpyType.INT64)) {
      writer.append(labels);
    }
  }
}
