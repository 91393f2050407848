package io.hone.engine.step.attack;

import io.hone.api.BadInputException;
import io.hone.api.data.ImageShape;
import io.hone.numpy.NumpyArray;
import io.hone.numpy.NumpyType;
import java.nio.file.Path;
import java.util.Arrays;

/** One bound of every feature, in a NumPy array: an image for all samples, or an image for each. */
final class BoundArray implements AutoCloseable {
  private final NumpyArray array;
  private final int features;
  private final boolean shared;

  private BoundArray(NumpyArray array, int features, boolean shared) {
    this.array = array;
    this.features = features;
    this.shared = shared;
  }

  /**
   * Opens an array.
   *
   * @throws BadInputException if it holds no float32 images of the shape
   */
  static BoundArray open(Path file, ImageShape shape) {
    NumpyArray array = NumpyArray.open(file);
    try {
      if (array.type() != NumpyType.FLOAT32) {
        throw new BadInputException(
            "%s holds %s, but bounds are float32 within [0, 1]; save them with astype(numpy.float32)"
                .formatted(array.name(), array.type()));
      }
      long[] image = {shape.channels(), shape.height(), shape.width()};
      long[] grey = {shape.height(), shape.width()};
      long[] all = array.shape();
      long[] row = Arrays.copyOfRange(all, Math.min(1, all.length), all.length);
      boolean ofOneChannel = shape.channels() == 1;
      boolean shared = Arrays.equals(all, image) || ofOneChannel && Arrays.equals(all, grey);
      if (shared || Arrays.equals(row, image) || ofOneChannel && Arrays.equals(row, grey)) {
        return new BoundArray(array, shape.features(), shared);
      }
      throw new BadInputException(
          "%s has the shape %s, but the images of this scenario are %s (channels x height x width);"
                  .formatted(array.name(), array.shapeText(), shape)
              + " give the bounds of one such image, or an array of such images");
    } catch (RuntimeException refused) {
      array.close();
      throw refused;
    }
  }

  /** Returns whether all samples have the same bound. */
  boolean isShared() {
    return shared;
  }

  /**
   * Returns the bound of every feature of a sample.
   *
   * @throws BadInputException if the array has no row for the sample
   */
  float[] read(long sample) {
    if (!shared && sample >= array.rows()) {
      throw new BadInputException(
          "%s has %d rows, but the run reaches sample %d of the data set; give a row for each sample"
              .formatted(array.name(), array.rows(), sample));
    }
    float[] image = new float[features];
    array.readFloats(shared ? 0 : sample, image);
    return image;
  }

  @Override
  public void close() {
    array.close();
  }
}
