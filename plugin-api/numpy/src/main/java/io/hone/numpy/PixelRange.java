package io.hone.numpy;

import io.hone.api.BadInputException;
import io.hone.api.run.TrustFlag;
import io.hone.api.stability.Stability;

/**
 * What the values of an array of images range over. Images have values in [0, 1]: what leaves it by
 * rounding is clipped, everything else is an error or another scale.
 *
 * @param smallest value; NaN is left out
 * @param largest value; NaN is left out
 * @param rounded a value that rounding took out of [0, 1]
 * @param roundedRow the first row with such a value, negative if there is none
 * @param outside the first value that is farther outside, or NaN
 * @param outsideRow its row, negative if there is none
 */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public record PixelRange(
    float smallest, float largest, float rounded, long roundedRow, float outside, long outsideRow) {
  /** How far rounding may take a value out of [0, 1]. */
  public static final float ROUNDING = 1e-6f;

  private static final float LARGEST_BYTE = 255f;

  private static final float GREY_LEVEL = 1 / LARGEST_BYTE;

  // No attack and no resizing takes a value of [0, 1] as far as this.
  private static final float OTHER_SCALE = 10f;

  private static final int CHUNK = 1 << 16;

  /**
   * Reads rows and returns what their values range over. Bytes count as they are used, divided by
   * 255, and are read no further than to the first that is larger than 1.
   *
   * @param row the first one
   */
  public static PixelRange of(NumpyArray images, long row, long count) {
    Scan scan = new Scan();
    boolean bytes = images.type() == NumpyType.UINT8;
    int chunk = Math.max(1, CHUNK / images.rowSize());
    for (long start = row; start < row + count; start += chunk) {
      if (bytes && scan.largest > GREY_LEVEL) {
        break;
      }
      int rows = (int) Math.min(chunk, row + count - start);
      float[] values = new float[rows * images.rowSize()];
      images.readFloats(start, values);
      if (bytes) {
        for (int index = 0; index < values.length; index++) {
          values[index] /= LARGEST_BYTE;
        }
      }
      scan.take(values, start, images.rowSize());
    }
    return scan.range();
  }

  /** What was seen so far. */
  private static final class Scan {
    private float smallest = Float.POSITIVE_INFINITY;
    private float largest = Float.NEGATIVE_INFINITY;
    private float rounded;
    private long roundedRow = -1;
    private float outside;
    private long outsideRow = -1;

    void take(float[] values, long row, int rowSize) {
      for (int index = 0; index < values.length; index++) {
        float value = values[index];
        smallest = value < smallest ? value : smallest;
        largest = value > largest ? value : largest;
        if (isUnit(value)) {
          continue;
        }
        if (isRounded(value)) {
          rounded = roundedRow < 0 ? value : rounded;
          roundedRow = roundedRow < 0 ? row + index / rowSize : roundedRow;
        } else {
          outside = outsideRow < 0 ? value : outside;
          outsideRow = outsideRow < 0 ? row + index / rowSize : outsideRow;
        }
      }
    }

    PixelRange range() {
      return new PixelRange(smallest, largest, rounded, roundedRow, outside, outsideRow);
    }
  }

  /** Returns whether a value is in [0, 1]; NaN is not. */
  public static boolean isUnit(float value) {
    return value >= 0 && value <= 1;
  }

  /** Returns whether a value is in [0, 1] but for rounding; NaN is not. */
  public static boolean isRounded(float value) {
    return value >= -ROUNDING && value <= 1 + ROUNDING;
  }

  /** Returns whether the values are grey values from 0 to 255 rather than some beyond [0, 1]. */
  public boolean looksLikeBytes() {
    return smallest >= -ROUNDING && largest > OTHER_SCALE && largest <= LARGEST_BYTE + ROUNDING;
  }

  /**
   * Returns whether no pixel is brighter than one grey level of 255, though some are not black: as
   * where values from 0 to 1 are divided by 255.
   */
  public boolean isNearlyBlack() {
    return outsideRow < 0 && largest > 0 && largest <= GREY_LEVEL;
  }

  /** Returns the flag for images of which {@link #isNearlyBlack} is true. */
  public TrustFlag blackness(NumpyArray images) {
    return new TrustFlag(
        TrustFlag.ASSUMED_INPUT,
        images.name()
            + (images.type() == NumpyType.UINT8
                ? " holds bytes of 0 and 1 only, which are divided by 255 as grey values from 0 to"
                    + " 255 are: the images are nearly black. If 1 is white, save"
                    + " array.astype('float32')."
                : " holds no value above 1/255: the images are nearly black. If they were divided"
                    + " by 255 twice, save array * 255."));
  }

  /** Returns the notice that values are clipped; meant for where {@link #roundedRow} is one. */
  public String clipping(String array) {
    return array
        + " holds values that rounding took out of [0, 1], such as "
        + rounded
        + " in row "
        + roundedRow
        + "; they are clipped";
  }

  /** Returns the error for the value outside; meant for where {@link #outsideRow} is one. */
  public BadInputException refusal(String array) {
    return new BadInputException(
        array
            + " holds "
            + outside
            + " in sample "
            + outsideRow
            + ", but the values of images range from 0 to 1; "
            + advice());
  }

  private String advice() {
    if (Float.isNaN(outside) || Float.isInfinite(outside)) {
      return "correct the array";
    }
    if (looksLikeBytes()) {
      return "these range from "
          + smallest
          + " to "
          + largest
          + " as grey values do: divide the array by 255, or save it as uint8";
    }
    return "these range from "
        + smallest
        + " to "
        + largest
        + (smallest < -ROUNDING
            ? ": give the images as they are before a mean is subtracted, which belongs on the"
                + " model's card, or correct the array"
            : ": correct the array");
  }
}
