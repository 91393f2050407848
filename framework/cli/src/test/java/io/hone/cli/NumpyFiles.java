package io.hone.cli;

import io.hone.api.data.Tensor;
import io.hone.numpy.NumpyArray;
import io.hone.numpy.NumpyType;
import io.hone.numpy.NumpyWriter;
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

  /** Reads images, each as its features in the order channel, row, column. */
  static float[][] images(Path file) {
    try (NumpyArray array = NumpyArray.open(file)) {
      float[][] images = new float[Math.toIntExact(array.rows())][array.rowSize()];
      for (int row = 0; row < images.length; row++) {
        array.readFloats(row, images[row]);
      }
      return images;
    }
  }

  /** Reads labels or samples. */
  static long[] numbers(Path file) {
    try (NumpyArray array = NumpyArray.open(file)) {
      long[] numbers = new long[Math.toIntExact(array.rows())];
      array.readLongs(0, numbers);
      return numbers;
    }
  }
}
