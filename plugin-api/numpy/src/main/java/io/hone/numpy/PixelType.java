package io.hone.numpy;

import io.hone.api.BadInputException;
import io.hone.api.stability.Stability;

/** Tells whether the type of an array serves for images, and what to do where it does not. */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public final class PixelType {
  private static final int LARGEST_BYTE = 255;

  /** White in images of 10, 12, 14 and 16 bits. */
  private static final int[] WHITES = {1023, 4095, 16_383, 65_535};

  private PixelType() {}

  /**
   * Checks that an array holds bytes or floats. Other whole numbers tell neither black nor white,
   * so the advice follows from the values.
   *
   * @throws BadInputException with the conversion that keeps the values
   */
  public static void check(NumpyArray images) {
    NumpyType type = images.type();
    if (type.floating() || type == NumpyType.UINT8) {
      return;
    }
    throw new BadInputException(
        images.name()
            + " holds "
            + type.code()
            + " where images are u1 from 0 to 255, or floats from 0 to 1; "
            + (type == NumpyType.BOOL || images.rows() == 0
                ? "convert it with array.astype('float32') and save it again"
                : advice(PixelRange.of(images, 0, images.rows()))));
  }

  private static String advice(PixelRange range) {
    long smallest = (long) range.smallest();
    long largest = (long) range.largest();
    String values = "its values range from " + smallest + " to " + largest + ": ";
    if (smallest < 0) {
      return values
          + (smallest >= Byte.MIN_VALUE && largest <= Byte.MAX_VALUE
              ? "if -128 is black, convert it with (array.astype('int16') + 128).astype('uint8')"
              : "bring black to 0 and white to 1 as float32")
          + " and save it again; astype('uint8') alone would make bright pixels of the negative"
          + " values";
    }
    if (largest <= 1) {
      return values + "if 1 is white, convert it with array.astype('float32') and save it again";
    }
    if (largest <= LARGEST_BYTE) {
      return values + "if 255 is white, convert it with array.astype('uint8') and save it again";
    }
    return values
        + "convert it with array.astype('float32') / "
        + white(largest)
        + " and save it again; astype('uint8') would keep only the lowest 8 bits of each value";
  }

  private static String white(long largest) {
    for (int white : WHITES) {
      if (largest <= white) {
        return white + " if " + white + " is white, else with its own white,";
      }
    }
    return "WHITE, where WHITE is the value of a white pixel,";
  }
}
