package io.hone.plugins.datasets.mnist;

import io.hone.plugins.datasets.download.Archives;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/** Builds files as MNIST's are. */
final class IdxFiles {
  private IdxFiles() {}

  /** Returns an IDX file of so many images of 2 x 3; feature f of image i is 10 i + f. */
  static byte[] images(int count) {
    ByteBuffer buffer = ByteBuffer.allocate(16 + count * 6);
    buffer.putInt(0x803).putInt(count).putInt(2).putInt(3);
    for (int image = 0; image < count; image++) {
      for (int feature = 0; feature < 6; feature++) {
        buffer.put((byte) (10 * image + feature));
      }
    }
    return buffer.array();
  }

  static byte[] labels(int... labels) {
    ByteBuffer buffer = ByteBuffer.allocate(8 + labels.length);
    buffer.putInt(0x801).putInt(labels.length);
    for (int label : labels) {
      buffer.put((byte) label);
    }
    return buffer.array();
  }

  static byte[] compressed(byte[] content) {
    return Archives.gzip(content);
  }

  /** Returns a file of the bundled test set as it is. */
  static byte[] bundled(MnistFile file) {
    try (InputStream in = Mnist.class.getResourceAsStream(file.compressedName())) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
