package io.hone.core.engine;

import io.hone.api.numpy.NumpyType;
import io.hone.api.numpy.NumpyWriter;
import io.hone.api.tensor.ImageShape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The array files, row by row the same samples: the images of every step and the classes that its
 * classifier gives them, the labels, and the indices in the whole data set.
 */
final class ArrayFiles implements AutoCloseable {
  private final NumpyWriter samples;
  private final NumpyWriter labels;
  private final List<NumpyWriter> images = new ArrayList<>();
  private final List<NumpyWriter> predictions = new ArrayList<>();

  private ArrayFiles(Path folder) {
    samples = numbers(folder, "samples");
    labels = numbers(folder, "labels");
  }

  /**
   * Creates the files, empty.
   *
   * @param steps names, in the scenario's order
   */
  static ArrayFiles create(Path folder, ImageShape shape, List<String> steps) {
    ArrayFiles files = new ArrayFiles(folder);
    for (String step : steps) {
      files.images.add(
          NumpyWriter.create(
              folder.resolve(step + ".npy"),
              NumpyType.FLOAT32,
              shape.channels(),
              shape.height(),
              shape.width()));
      files.predictions.add(numbers(folder, step + ".predicted"));
    }
    return files;
  }

  private static NumpyWriter numbers(Path folder, String name) {
    return NumpyWriter.create(folder.resolve(name + ".npy"), NumpyType.INT64);
  }

  void append(UnitRecord unit) {
    for (UnitRecord.KeptSample sample : unit.kept()) {
      samples.append(sample.sample());
      labels.append((long) sample.label());
      for (int step = 0; step < images.size(); step++) {
        images.get(step).append(sample.images().get(step));
        predictions.get(step).append((long) sample.predictions()[step]);
      }
    }
  }

  @Override
  public void close() {
    samples.close();
    labels.close();
    images.forEach(NumpyWriter::close);
    predictions.forEach(NumpyWriter::close);
  }
}
