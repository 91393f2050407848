package io.hone.plugins.datasets.images;

import io.hone.api.component.BadInputException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * Finds damaged image files without decoding them, so that all can be checked before the first
 * batch.
 */
final class FileCheck {
  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final int PNG_END = 0x49454e44; // IEND
  private static final int PNG_CHUNK_FRAME = 12;
  private static final int MARKER = 0xff;
  private static final int START_OF_IMAGE = 0xd8;
  private static final int START_OF_SCAN = 0xda;
  private static final int END_OF_IMAGE = 0xd9;

  private final ImageFile file;
  private final byte[] bytes;

  private FileCheck(ImageFile file, byte[] bytes) {
    this.file = file;
    this.bytes = bytes;
  }

  /** Throws if the content is no whole PNG or JPEG file. */
  static void check(ImageFile file, byte[] bytes) {
    FileCheck check = new FileCheck(file, bytes);
    if (bytes.length == 0) {
      throw check.damaged("it is empty");
    }
    if (Arrays.equals(bytes, 0, Math.min(PNG.length, bytes.length), PNG, 0, PNG.length)) {
      check.checkPng();
    } else if (check.at(0) == MARKER && check.at(1) == START_OF_IMAGE) {
      check.checkJpeg();
    } else {
      throw check.damaged("it is neither PNG nor JPEG");
    }
  }

  /** A PNG file is a signature and chunks: length, type, data, check sum; the last type is IEND. */
  private void checkPng() {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    int start = PNG.length;
    while (true) {
      if (bytes.length - start < PNG_CHUNK_FRAME) {
        throw damaged("it is truncated");
      }
      int length = buffer.getInt(start);
      if (length < 0 || length > bytes.length - start - PNG_CHUNK_FRAME) {
        throw damaged("it is truncated");
      }
      CRC32 sum = new CRC32();
      sum.update(bytes, start + Integer.BYTES, Integer.BYTES + length);
      if ((int) sum.getValue() != buffer.getInt(start + 2 * Integer.BYTES + length)) {
        throw damaged("a check sum in it is wrong");
      }
      if (buffer.getInt(start + Integer.BYTES) == PNG_END) {
        return;
      }
      start += PNG_CHUNK_FRAME + length;
    }
  }

  /**
   * A JPEG file is segments up to a scan, whose data ends at a marker that it cannot hold itself.
   */
  private void checkJpeg() {
    int start = 2;
    while (at(start) == MARKER && at(start + 1) != START_OF_SCAN) {
      int marker = at(start + 1);
      // A marker may be preceded by any number of fill bytes.
      start += marker == MARKER ? 1 : 2 + (at(start + 2) << 8 | at(start + 3));
    }
    if (at(start) != MARKER) {
      throw damaged("its segments do not follow each other");
    }
    for (int index = start + 2; index + 1 < bytes.length; index++) {
      if (at(index) == MARKER && at(index + 1) == END_OF_IMAGE) {
        return;
      }
    }
    throw damaged("it is truncated");
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
