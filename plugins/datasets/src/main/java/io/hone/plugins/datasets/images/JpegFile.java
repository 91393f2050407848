package io.hone.plugins.datasets.images;

import io.hone.api.BadInputException;
import io.hone.plugins.datasets.images.ImageHeader.Inks;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A JPEG file: segments up to a scan, whose data end at a marker that they cannot hold themselves.
 */
final class JpegFile {
  private static final int MARKER = 0xff;
  private static final int START_OF_SCAN = 0xda;
  private static final int END_OF_IMAGE = 0xd9;
  private static final int EXIF = 0xe1;
  private static final int ADOBE = 0xee;
  private static final int FIRST_FRAME = 0xc0;
  private static final int LAST_FRAME = 0xcf;
  private static final byte[] EXIF_NAME = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ADOBE_NAME = "Adobe".getBytes(StandardCharsets.US_ASCII);
  private static final int ADOBE_TRANSFORM = 11;
  private static final int FOUR_INKS = 4;

  private final ImageFile file;
  private final byte[] bytes;
  private int height;
  private int width;
  private int components;
  private boolean adobe;
  private int transform;
  private boolean turned;

  private JpegFile(ImageFile file, byte[] bytes) {
    this.file = file;
    this.bytes = bytes;
  }

  /** Returns the header of a file that is whole. */
  static ImageHeader header(ImageFile file, byte[] bytes) {
    JpegFile jpeg = new JpegFile(file, bytes);
    jpeg.readSegments();
    return new ImageHeader(
        jpeg.height,
        jpeg.width,
        jpeg.components == 1 ? 1 : 3,
        jpeg.components,
        jpeg.inks(),
        false,
        jpeg.turned);
  }

  private void readSegments() {
    int start = 2;
    while (at(start) == MARKER && at(start + 1) != START_OF_SCAN) {
      int marker = at(start + 1);
      if (marker == MARKER) {
        // A marker may be preceded by any number of fill bytes.
        start++;
        continue;
      }
      int length = number(start + 2);
      take(marker, start + 4, length - 2);
      start += 2 + length;
    }
    if (at(start) != MARKER) {
      throw damaged("its segments do not follow each other");
    }
    if (components == 0) {
      throw damaged("it has no header");
    }
    for (int index = start + 2; index + 1 < bytes.length; index++) {
      if (at(index) == MARKER && at(index + 1) == END_OF_IMAGE) {
        return;
      }
    }
    throw damaged("it is truncated");
  }

  private void take(int marker, int start, int length) {
    if (isFrame(marker)) {
      height = number(start + 1);
      width = number(start + 3);
      components = at(start + 5);
    } else if (marker == ADOBE && length > ADOBE_TRANSFORM && holds(start, ADOBE_NAME)) {
      adobe = true;
      transform = at(start + ADOBE_TRANSFORM);
    } else if (marker == EXIF && length > EXIF_NAME.length && holds(start, EXIF_NAME)) {
      int end = Math.min(bytes.length, start + length);
      int exif = start + EXIF_NAME.length;
      turned = ExifOrientation.turns(ByteBuffer.wrap(bytes), exif, end - exif);
    }
  }

  /** C4, C8 and CC are among the markers of frames and mean something else. */
  private static boolean isFrame(int marker) {
    return marker >= FIRST_FRAME && marker <= LAST_FRAME && marker % 4 != 0
        || marker == FIRST_FRAME;
  }

  private Inks inks() {
    if (components != FOUR_INKS) {
      return Inks.NONE;
    }
    if (!adobe) {
      return Inks.CMYK;
    }
    return transform == 2 ? Inks.INVERTED_YCCK : Inks.INVERTED_CMYK;
  }

  private boolean holds(int start, byte[] text) {
    int end = start + text.length;
    return end <= bytes.length && Arrays.equals(bytes, start, end, text, 0, text.length);
  }

  private int number(int index) {
    return at(index) << Byte.SIZE | at(index + 1);
  }

  private int at(int index) {
    if (index >= bytes.length) {
      throw damaged("it is truncated");
    }
    return Byte.toUnsignedInt(bytes[index]);
  }

  private BadInputException damaged(String what) {
    return ImageDecoder.damaged(file, what);
  }
}
