package io.hone.plugins.datasets.images;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Finds the tag by which cameras tell that a photo was taken sideways. */
final class ExifOrientation {
  private static final short TAG = 0x0112;
  private static final short LITTLE_ENDIAN = 0x4949; // "II"
  private static final int DIRECTORY_OFFSET = 4;
  private static final int ENTRY_BYTES = 12;
  private static final int VALUE = 8;
  private static final int UPRIGHT = 1;
  private static final int LARGEST = 8;

  private ExifOrientation() {}

  /**
   * Returns whether Exif data ask for a turned or mirrored display.
   *
   * @param start of the data, which are a small TIFF file
   */
  static boolean turns(ByteBuffer bytes, int start, int length) {
    if (length < 2 * DIRECTORY_OFFSET) {
      return false;
    }
    ByteBuffer exif = bytes.slice(start, length);
    exif.order(exif.getShort(0) == LITTLE_ENDIAN ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int directory = exif.getInt(DIRECTORY_OFFSET);
    if (directory < 0 || directory > length - Short.BYTES) {
      return false;
    }
    int entries = Short.toUnsignedInt(exif.getShort(directory));
    int entry = directory + Short.BYTES;
    for (int index = 0; index < entries && entry <= length - ENTRY_BYTES; index++) {
      if (exif.getShort(entry) == TAG) {
        int orientation = exif.getShort(entry + VALUE);
        return orientation > UPRIGHT && orientation <= LARGEST;
      }
      entry += ENTRY_BYTES;
    }
    return false;
  }
}
