package io.hone.plugins.datasets.numpy;

import io.hone.testkit.DatasetContractTest;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

class NumpyContractTest extends DatasetContractTest<Numpy.Params> {
  private static final int IMAGES = 60;

  @TempDir Path arrays;

  NumpyContractTest() {
    super(new Numpy());
  }

  @Override
  protected Numpy.Params parameters() {
    float[] values = new float[IMAGES * 12];
    for (int index = 0; index < values.length; index++) {
      values[index] = index / (float) values.length;
    }
    long[] labels = new long[IMAGES];
    for (int index = 0; index < labels.length; index++) {
      labels[index] = index % 10;
    }
    return new Numpy.Params(
        ArrayFiles.floats(arrays.resolve("images.npy"), values, 2, 2, 3),
        Optional.of(ArrayFiles.longs(arrays.resolve("labels.npy"), labels)),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
