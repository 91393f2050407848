package io.hone.numpy;

import io.hone.api.BadInputException;
import io.hone.api.GitLfsPointer;
import io.hone.api.data.Tensor;
import io.hone.api.run.RunCancelledException;
import io.hone.api.stability.Stability;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * An array in an {@code .npy} file or {@code .npz} archive, read a few rows at a time.
 *
 * <p>Only what is asked for is in memory, so files may be larger than it. Values always arrive in C
 * order, whatever order the file has. Reading from several threads is safe.
 */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public final class NumpyArray implements AutoCloseable {
  private static final int CHUNK_BYTES = 1 << 18;

  private final String name;
  private final FileChannel channel;
  private final NumpyHeader header;
  private final int rowSize;
  private volatile boolean closed;

  private NumpyArray(String name, FileChannel channel, NumpyHeader header) {
    this.name = name;
    this.channel = channel;
    this.header = header;
    this.rowSize = Math.toIntExact(header.rowValues());
  }

  /**
   * Opens an {@code .npy} file, or an {@code .npz} archive that holds one array only.
   *
   * @throws BadInputException if it is missing, damaged, truncated, or holds a type that is not in
   *     {@link NumpyType}
   */
  public static NumpyArray open(Path file) {
    if (isArchive(file)) {
      return open(file, new NumpyArchive(file).onlyName());
    }
    try {
      return open(file.toString(), FileChannel.open(file, StandardOpenOption.READ));
    } catch (IOException e) {
      throw unreadable(file.toString(), e);
    }
  }

  /**
   * Opens an array of an {@code .npz} archive.
   *
   * @param entry the array's name, without {@code .npy}
   * @throws BadInputException if there is no such array, or as for {@link #open(Path)}
   */
  public static NumpyArray open(Path archive, String entry) {
    if (!isArchive(archive)) {
      throw new BadInputException(
          archive
              + " is no .npz archive, so it has no array '"
              + entry
              + "'; name no array for it");
    }
    return open(archive + ":" + entry, new NumpyArchive(archive).open(entry));
  }

  /**
   * Returns the names of the arrays in an {@code .npz} archive, sorted; none for an {@code .npy}
   * file.
   *
   * @throws BadInputException if the file is missing or damaged
   */
  public static List<String> entries(Path file) {
    return isArchive(file) ? new NumpyArchive(file).names() : List.of();
  }

  private static NumpyArray open(String name, FileChannel channel) {
    try {
      return new NumpyArray(name, channel, NumpyHeader.read(channel, name));
    } catch (IOException | RuntimeException e) {
      try {
        channel.close();
      } catch (IOException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e instanceof IOException unreadable
          ? unreadable(name, unreadable)
          : (RuntimeException) e;
    }
  }

  private static boolean isArchive(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new BadInputException(
          file
              + (Files.exists(file) ? " is not a file" : " does not exist")
              + "; name a NumPy file");
    }
    GitLfsPointer.refuse(file);
    try (var in = Files.newInputStream(file)) {
      byte[] start = in.readNBytes(2);
      return start.length == 2 && start[0] == 'P' && start[1] == 'K';
    } catch (IOException e) {
      throw unreadable(file.toString(), e);
    }
  }

  /** Returns what the array is called in messages: its file, and its name within an archive. */
  public String name() {
    return name;
  }

  /** Returns the type of the values. */
  public NumpyType type() {
    return header.type();
  }

  /** Returns a copy of the shape; it has at least one axis and only the first may be 0. */
  public long[] shape() {
    return header.shape().clone();
  }

  /** Returns the number of axes, at least 1. */
  public int rank() {
    return header.shape().length;
  }

  /** Returns the size of the first axis. */
  public long rows() {
    return header.shape()[0];
  }

  /** Returns the number of values in a row: the product of the other axes. */
  public int rowSize() {
    return rowSize;
  }

  /** Returns the shape as Python writes it, such as {@code (1000, 1, 28, 28)}. */
  public String shapeText() {
    return NumpyHeader.shapeText(header.shape());
  }

  /**
   * Reads consecutive rows into a tensor with rows of the same size.
   *
   * @param row the first one
   */
  public void read(long row, Tensor into) {
    if (into.rowSize() != rowSize) {
      throw new IllegalArgumentException(
          "rows of " + into.rowSize() + " values cannot take rows of " + rowSize);
    }
    readFloats(row, into.rows(), into.buffer());
  }

  /**
   * Reads consecutive rows of any type as floats, as they are: nothing is scaled.
   *
   * @param row the first one
   * @param into filled; holds a whole number of rows
   */
  public void readFloats(long row, float[] into) {
    readFloats(row, wholeRows(into.length), FloatBuffer.wrap(into));
  }

  private void readFloats(long row, int count, FloatBuffer into) {
    NumpyType type = type();
    read(
        row,
        count,
        (chunk, values, index, stride) -> {
          if (type == NumpyType.FLOAT32 && stride == 1) {
            into.put(index, chunk.asFloatBuffer(), 0, values);
            return;
          }
          for (int value = 0; value < values; value++) {
            into.put(index + value * stride, type.floatAt(chunk, value * type.bytes()));
          }
        });
  }

  /**
   * Reads consecutive rows of a type without fractions.
   *
   * @param row the first one
   * @param into filled; holds a whole number of rows
   * @throws BadInputException if the type may have fractions, or a value is beyond the range of
   *     long
   */
  public void readLongs(long row, long[] into) {
    if (type().floating()) {
      throw noWholeNumbers(row, wholeRows(into.length));
    }
    NumpyType type = type();
    read(
        row,
        wholeRows(into.length),
        (chunk, values, index, stride) -> {
          for (int value = 0; value < values; value++) {
            into[index + value * stride] = type.longAt(chunk, value * type.bytes());
          }
        });
    if (type == NumpyType.UINT64) {
      requireSigned(row, into);
    }
  }

  private void requireSigned(long row, long[] values) {
    for (int index = 0; index < values.length; index++) {
      if (values[index] < 0) {
        throw new BadInputException(
            name
                + " holds "
                + Long.toUnsignedString(values[index])
                + " in row "
                + (row + index / rowSize)
                + ", which is beyond the range of long; correct the array");
      }
    }
  }

  /**
   * Reads consecutive rows of a type without fractions.
   *
   * @param row the first one
   * @param into filled; holds a whole number of rows
   * @throws BadInputException if the type may have fractions, or a value is beyond the range of int
   */
  public void readInts(long row, int[] into) {
    long[] values = new long[into.length];
    readLongs(row, values);
    for (int index = 0; index < values.length; index++) {
      if (values[index] != (int) values[index]) {
        throw new BadInputException(
            name
                + " holds "
                + values[index]
                + " in row "
                + (row + index / rowSize)
                + ", which is beyond the range of int; correct the array");
      }
      into[index] = (int) values[index];
    }
  }

  /** A conversion to whole numbers is advised only where it changes no value. */
  private BadInputException noWholeNumbers(long row, int count) {
    float[] values = new float[count * rowSize];
    readFloats(row, values);
    for (int index = 0; index < values.length; index++) {
      if (values[index] != Math.rint(values[index]) || Float.isInfinite(values[index])) {
        return new BadInputException(
            name
                + " holds "
                + values[index]
                + " in row "
                + (row + index / rowSize)
                + ", where whole numbers are needed; give an array of whole numbers, such as the"
                + " numbers of classes");
      }
    }
    return new BadInputException(
        name
            + " holds values of the type "
            + type().code()
            + " where whole numbers are needed; convert it with array.astype('int64') and save it"
            + " again");
  }

  private int wholeRows(int values) {
    if (values % rowSize != 0) {
      throw new IllegalArgumentException(
          values + " values are not a whole number of rows of " + rowSize);
    }
    return values / rowSize;
  }

  private void read(long row, int count, Sink sink) {
    if (row < 0 || count > rows() - row) {
      throw new IndexOutOfBoundsException(
          "rows " + row + " to " + (row + count) + " of the " + rows() + " in " + name);
    }
    try {
      if (header.fortran() && rank() > 1) {
        readColumns(row, count, sink);
      } else {
        readRun(row * rowSize, Math.multiplyExact(count, rowSize), 0, 1, sink);
      }
    } catch (ClosedChannelException e) {
      if (closed) {
        throw new IllegalStateException(name + " is closed", e);
      }
      // An interrupted thread closes the channel for all: somebody wants the work to end.
      throw new RunCancelledException();
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  /** In Fortran order the rows' values at one place within the row are side by side. */
  private void readColumns(long row, int count, Sink sink) throws IOException {
    long[] shape = header.shape();
    int[] index = new int[shape.length];
    for (int column = 0; column < rowSize; column++) {
      int feature = 0;
      for (int axis = 1; axis < shape.length; axis++) {
        feature = (int) (feature * shape[axis] + index[axis]);
      }
      readRun(column * shape[0] + row, count, feature, rowSize, sink);
      for (int axis = 1; axis < shape.length && ++index[axis] == shape[axis]; axis++) {
        index[axis] = 0;
      }
    }
  }

  private void readRun(long first, int count, int start, int stride, Sink sink) throws IOException {
    int bytes = type().bytes();
    int chunk = Math.min(count, CHUNK_BYTES / bytes);
    ByteBuffer buffer = ByteBuffer.allocate(chunk * bytes).order(header.order());
    for (int done = 0; done < count; done += chunk) {
      int values = Math.min(chunk, count - done);
      fill(buffer.clear().limit(values * bytes), header.dataOffset() + (first + done) * bytes);
      sink.put(buffer.flip(), values, start + done * stride, stride);
    }
  }

  private void fill(ByteBuffer buffer, long position) throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, position + buffer.position()) < 0) {
        throw new IOException("it became shorter while it was read");
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      channel.close();
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  private static BadInputException unreadable(String name, IOException e) {
    return new BadInputException(
        name + " cannot be read (" + e.getMessage() + "); check the file and its permissions", e);
  }

  /** Takes the values of a chunk to their places: {@code index}, {@code index + stride}, ... */
  @FunctionalInterface
  private interface Sink {
    void put(ByteBuffer chunk, int values, int index, int stride);
  }
}
