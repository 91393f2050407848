package io.hone.plugins.stored;

import io.hone.api.BadInputException;
import io.hone.api.data.ImageShape;
import io.hone.api.run.Run;
import io.hone.numpy.NumpyArray;
import io.hone.numpy.PixelRange;
import io.hone.numpy.PixelType;
import java.nio.file.Path;
import java.util.Arrays;

/** Images of one shape in a NumPy array, read one at a time, from any thread. */
final class ImageRows implements AutoCloseable {
  private static final float LARGEST_BYTE = 255f;

  private final NumpyArray array;
  private final ImageShape shape;
  private final boolean channelsLast;

  private ImageRows(NumpyArray array, ImageShape shape, boolean channelsLast) {
    this.array = array;
    this.shape = shape;
    this.channelsLast = channelsLast;
  }

  /**
   * Opens an array and looks at its values.
   *
   * @throws BadInputException if it holds no images of the shape, or values of another scale
   */
  static ImageRows open(Path file, ImageShape shape, Run run) {
    NumpyArray array = NumpyArray.open(file);
    try {
      PixelType.check(array);
      boolean channelsLast = channelsLast(array, shape);
      checkRange(array, run);
      return new ImageRows(array, shape, channelsLast);
    } catch (RuntimeException e) {
      array.close();
      throw e;
    }
  }

  /** Refuses another scale; a row with a few values outside [0, 1] costs that row alone. */
  private static void checkRange(NumpyArray array, Run run) {
    PixelRange range = PixelRange.of(array, 0, array.rows());
    if (range.looksLikeBytes()) {
      throw range.refusal(array.name());
    }
    if (range.roundedRow() >= 0) {
      run.notice(range.clipping(array.name()));
    }
    if (range.isNearlyBlack()) {
      run.distrust(range.blackness(array));
    }
  }

  private static boolean channelsLast(NumpyArray array, ImageShape shape) {
    long[] row = Arrays.copyOfRange(array.shape(), 1, array.rank());
    long[] first = {shape.channels(), shape.height(), shape.width()};
    long[] last = {shape.height(), shape.width(), shape.channels()};
    long[] grey = {shape.height(), shape.width()};
    if (Arrays.equals(row, first) || (shape.channels() == 1 && Arrays.equals(row, grey))) {
      return false;
    }
    if (Arrays.equals(row, last)) {
      return true;
    }
    throw new BadInputException(
        array.name()
            + " has the shape "
            + array.shapeText()
            + ", but the images of this scenario are "
            + shape
            + " (channels x height x width); name the array that was made from them");
  }

  String name() {
    return array.name();
  }

  long rows() {
    return array.rows();
  }

  /** Returns an image's features in the order channel, row, column; bytes divided by 255. */
  float[] read(long row) {
    float[] stored = new float[shape.features()];
    array.readFloats(row, stored);
    if (!array.type().floating()) {
      for (int index = 0; index < stored.length; index++) {
        stored[index] /= LARGEST_BYTE;
      }
    }
    return channelsLast ? channelsFirst(stored) : stored;
  }

  private float[] channelsFirst(float[] stored) {
    float[] image = new float[stored.length];
    for (int pixel = 0; pixel < shape.pixels(); pixel++) {
      for (int channel = 0; channel < shape.channels(); channel++) {
        image[channel * shape.pixels() + pixel] = stored[pixel * shape.channels() + channel];
      }
    }
    return image;
  }

  @Override
  public void close() {
    array.close();
  }
}
