package io.hone.plugins.datasets.mnist;

import io.hone.api.BadInputException;
import io.hone.api.data.Sha256;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * An array of unsigned bytes in the IDX format that MNIST is kept in: a magic number whose last
 * byte is the number of axes, the sizes as big-endian int, the values in C order.
 *
 * @param shape the sizes, none of them 0
 * @param values as many as the shape holds
 * @param contentHash SHA-256 of the file's content, uncompressed
 */
record IdxArray(int[] shape, byte[] values, String contentHash) {
  private static final int UNSIGNED_BYTE = 0x08;
  private static final int GZIP_MAGIC = 0x1f8b;
  private static final int BUFFER_BYTES = 1 << 16;

  /** Reads a file, compressed or not, that must hold so many axes. */
  static IdxArray read(Path file, int axes) {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, axes, file.toString());
    } catch (IOException e) {
      throw new BadInputException(
          file + " cannot be read (" + e.getMessage() + "); check the file and its permissions", e);
    }
  }

  /**
   * Reads a stream, compressed or not, that must hold so many axes.
   *
   * @param name what messages call it
   */
  static IdxArray read(InputStream in, int axes, String name) throws IOException {
    try {
      return read(new DataInputStream(uncompressed(in)), axes, name);
    } catch (EOFException e) {
      throw damaged(name, "it ends early");
    } catch (ZipException e) {
      throw damaged(name, "it cannot be uncompressed (" + e.getMessage() + ")");
    }
  }

  private static InputStream uncompressed(InputStream in) throws IOException {
    InputStream buffered = new BufferedInputStream(in, BUFFER_BYTES);
    buffered.mark(2);
    int magic = buffered.read() << 8 | buffered.read();
    buffered.reset();
    return magic == GZIP_MAGIC ? new GZIPInputStream(buffered, BUFFER_BYTES) : buffered;
  }

  private static IdxArray read(DataInputStream in, int axes, String name) throws IOException {
    int magic = in.readInt();
    int expected = UNSIGNED_BYTE << 8 | axes;
    if (magic != expected) {
      throw damaged(
          name,
          String.format(
              Locale.ROOT,
              "it starts with %08x where an IDX file with %d %s starts with %08x",
              magic,
              axes,
              axes == 1 ? "axis" : "axes",
              expected));
    }
    ByteBuffer header = ByteBuffer.allocate(Integer.BYTES * (1 + axes)).putInt(magic);
    int[] shape = new int[axes];
    long count = 1;
    for (int axis = 0; axis < axes; axis++) {
      shape[axis] = in.readInt();
      header.putInt(shape[axis]);
      count *= shape[axis];
      if (shape[axis] < 1 || count > Integer.MAX_VALUE) {
        throw damaged(
            name,
            "its sizes "
                + Arrays.toString(Arrays.copyOf(shape, axis + 1))
                + " are not those of an array");
      }
    }
    // Grows as bytes arrive, so that a lying header does not take the memory it asks for.
    byte[] values = in.readNBytes((int) count);
    if (values.length < count) {
      throw damaged(
          name, "its header promises " + count + " values, but only " + values.length + " follow");
    }
    if (in.read() >= 0) {
      throw damaged(name, "more follows its " + count + " values");
    }
    String hash = new Sha256().add(header.array()).add(values).hex();
    return new IdxArray(shape, values, hash);
  }

  private static BadInputException damaged(String name, String what) {
    return new BadInputException(
        name + " is damaged: " + what + "; delete it and copy or download it again");
  }
}
