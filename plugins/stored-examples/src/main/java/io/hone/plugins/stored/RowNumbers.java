package io.hone.plugins.stored;

import io.hone.api.BadInputException;
import io.hone.numpy.NumpyArray;
import java.nio.file.Path;

/** Whole numbers in a NumPy array, one for each row of the examples. */
final class RowNumbers {
  private RowNumbers() {}

  /**
   * Reads them.
   *
   * @throws BadInputException if the array holds something else, or not as many
   */
  static long[] read(Path file, ImageRows examples) {
    try (NumpyArray array = NumpyArray.open(file)) {
      if (array.rowSize() != 1 || array.type().floating() || array.rows() != examples.rows()) {
        throw new BadInputException(
            array.name()
                + " holds "
                + array.type().code()
                + " of shape "
                + array.shapeText()
                + ", where one integer is needed for each of the "
                + examples.rows()
                + " rows of "
                + examples.name());
      }
      long[] numbers = new long[Math.toIntExact(array.rows())];
      array.readLongs(0, numbers);
      return numbers;
    }
  }
}
