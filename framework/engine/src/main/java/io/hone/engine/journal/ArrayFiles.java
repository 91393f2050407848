package io.hone.engine.journal;

import io.hone.api.data.ImageShape;
import io.hone.engine.results.FileNames;
import io.hone.numpy.NumpyType;
import io.hone.numpy.NumpyWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The array files, row by row the same samples: the images of every step and the classes that its
 * classifier gives them, the labels, and the indices in the whole data set.
 */
public final class ArrayFiles implements AutoCloseable {
  private static final String NUMPY = ".npy";
  private static final String PREDICTED = ".predicted";

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
  public static ArrayFiles create(Path folder, ImageShape shape, List<String> steps) {
    ArrayFiles files = new ArrayFiles(folder);
    for (String step : steps) {
      files.images.add(
          NumpyWriter.create(
              folder.resolve(step + NUMPY),
              NumpyType.FLOAT32,
              shape.channels(),
              shape.height(),
              shape.width()));
      files.predictions.add(numbers(folder, step + PREDICTED));
    }
    return files;
  }

  /** Returns why a step's files cannot be written into a result folder; empty if they can. */
  public static Optional<String> problem(Path results, String step) {
    return FileNames.problem(folder(results).resolve(step + PREDICTED + NUMPY));
  }

  /** Returns the folder of the array files in a result folder. */
  public static Path folder(Path results) {
    return results.resolve("arrays");
  }

  private static NumpyWriter numbers(Path folder, String name) {
    return NumpyWriter.create(folder.resolve(name + NUMPY), NumpyType.INT64);
  }

  public void append(UnitRecord unit) {
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
