package io.hone.plugins.datasets.images;

import io.hone.plugins.datasets.images.ImageHeader.Inks;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/**
 * A PNG file: a signature and chunks, each with length, type, data and check sum; the last type is
 * IEND.
 */
final class PngFile {
  private static final int SIGNATURE = 8;
  private static final int CHUNK_FRAME = 12;
  private static final int HEADER = chunk("IHDR");
  private static final int PALETTE = chunk("PLTE");
  private static final int TRANSPARENCY = chunk("tRNS");
  private static final int EXIF = chunk("eXIf");
  private static final int END = chunk("IEND");
  private static final int HEADER_BYTES = 13;
  private static final int DEPTH = 8;
  private static final int COLOR_TYPE = 9;
  private static final int WITH_PALETTE = 3;
  private static final int WITH_COLOR = 2;
  private static final int WITH_ALPHA = 4;

  private final ImageFile file;
  private final ByteBuffer bytes;
  private int headerStart = -1;
  private boolean greyPalette;
  private boolean transparency;
  private boolean turned;

  private PngFile(ImageFile file, byte[] bytes) {
    this.file = file;
    this.bytes = ByteBuffer.wrap(bytes);
  }

  /** Returns the header of a file that is whole. */
  static ImageHeader header(ImageFile file, byte[] bytes) {
    PngFile png = new PngFile(file, bytes);
    png.readChunks();
    return png.header();
  }

  private static int chunk(String type) {
    int number = 0;
    for (int index = 0; index < Integer.BYTES; index++) {
      number = number << Byte.SIZE | type.charAt(index);
    }
    return number;
  }

  private void readChunks() {
    int start = SIGNATURE;
    int type;
    do {
      if (bytes.limit() - start < CHUNK_FRAME) {
        throw ImageDecoder.damaged(file, "it is truncated");
      }
      int length = bytes.getInt(start);
      if (length < 0 || length > bytes.limit() - start - CHUNK_FRAME) {
        throw ImageDecoder.damaged(file, "it is truncated");
      }
      CRC32 sum = new CRC32();
      sum.update(bytes.array(), start + Integer.BYTES, Integer.BYTES + length);
      if ((int) sum.getValue() != bytes.getInt(start + 2 * Integer.BYTES + length)) {
        throw ImageDecoder.damaged(file, "a check sum in it is wrong");
      }
      type = bytes.getInt(start + Integer.BYTES);
      take(type, start + 2 * Integer.BYTES, length);
      start += CHUNK_FRAME + length;
    } while (type != END);
  }

  private void take(int type, int start, int length) {
    if (type == HEADER && length >= HEADER_BYTES) {
      headerStart = start;
    } else if (type == PALETTE) {
      greyPalette = isGrey(start, length);
    } else if (type == TRANSPARENCY) {
      transparency = true;
    } else if (type == EXIF) {
      turned = ExifOrientation.turns(bytes, start, length);
    }
  }

  private boolean isGrey(int start, int length) {
    for (int entry = start; entry + 2 < start + length; entry += 3) {
      if (bytes.get(entry) != bytes.get(entry + 1) || bytes.get(entry) != bytes.get(entry + 2)) {
        return false;
      }
    }
    return true;
  }

  private ImageHeader header() {
    if (headerStart < 0) {
      throw ImageDecoder.damaged(file, "it has no header");
    }
    int colorType = bytes.get(headerStart + COLOR_TYPE);
    boolean palette = colorType == WITH_PALETTE;
    boolean grey = palette ? greyPalette : (colorType & WITH_COLOR) == 0;
    boolean alpha = (colorType & WITH_ALPHA) != 0;
    int samples = palette ? 1 : (grey ? 1 : 3) + (alpha ? 1 : 0);
    return new ImageHeader(
        bytes.getInt(headerStart + Integer.BYTES),
        bytes.getInt(headerStart),
        grey ? 1 : 3,
        samples * (bytes.get(headerStart + DEPTH) > Byte.SIZE ? 2 : 1),
        Inks.NONE,
        alpha || transparency,
        turned);
  }
}
