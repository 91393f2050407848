package io.hone.numpy;

import io.hone.api.BadInputException;
import io.hone.api.data.Tensor;
import io.hone.api.stability.Stability;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * Writes an {@code .npy} file of float32 or int64 values, rows at a time, without knowing how many
 * will come.
 *
 * <p>The header has a fixed length; {@link #flush()} and {@link #close()} put the number of rows
 * into it. After a crash the file holds at least the rows of the last {@link #flush()}, and {@link
 * #reopen} goes on from any row. For one thread at a time.
 */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public final class NumpyWriter implements AutoCloseable {
  private static final int CHUNK_BYTES = 1 << 18;

  private final Path file;
  // Not a FileChannel: an interrupt would close that, and the header would keep an old count.
  private final RandomAccessFile out;
  private final NumpyType type;
  private final int[] rowShape;
  private final int rowSize;
  private final ByteBuffer bytes = ByteBuffer.allocate(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private long rows;
  private boolean closed;

  private NumpyWriter(Path file, RandomAccessFile out, NumpyType type, int[] rowShape) {
    this.file = file;
    this.out = out;
    this.type = type;
    this.rowShape = rowShape;
    this.rowSize = rowSize(rowShape);
  }

  /**
   * Creates a file without rows, in place of any that is there.
   *
   * @param type {@link NumpyType#FLOAT32} or {@link NumpyType#INT64}
   * @param rowShape the sizes of one row, none for single numbers
   * @throws UncheckedIOException naming the file if it cannot be written
   */
  public static NumpyWriter create(Path file, NumpyType type, int... rowShape) {
    return open(file, type, rowShape.clone(), 0, true);
  }

  /**
   * Opens a file that this class wrote, drops all rows but the first ones, and appends to them.
   *
   * @param rows to keep, which must be there, whether or not the header counts them
   * @throws BadInputException if the file is missing, holds fewer rows, or rows of another type or
   *     shape
   * @throws UncheckedIOException naming the file if it cannot be written
   */
  public static NumpyWriter reopen(Path file, NumpyType type, long rows, int... rowShape) {
    checkLayout(file, type, rowShape);
    return open(file, type, rowShape.clone(), rows, false);
  }

  private static NumpyWriter open(
      Path file, NumpyType type, int[] rowShape, long rows, boolean fresh) {
    if (type != NumpyType.FLOAT32 && type != NumpyType.INT64) {
      throw new IllegalArgumentException("only f4 and i8 can be written, not " + type.code());
    }
    NumpyWriter writer;
    try {
      writer = new NumpyWriter(file, new RandomAccessFile(file.toFile(), "rw"), type, rowShape);
    } catch (IOException e) {
      throw unwritable(file, e);
    }
    try {
      writer.start(rows, fresh);
      return writer;
    } catch (IOException | RuntimeException e) {
      writer.closeQuietly(e);
      throw e instanceof IOException unwritable
          ? unwritable(file, unwritable)
          : (RuntimeException) e;
    }
  }

  private static void checkLayout(Path file, NumpyType type, int[] rowShape) {
    if (!Files.isRegularFile(file)) {
      throw notOurs(file, "it does not exist");
    }
    NumpyHeader header;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      header = NumpyHeader.read(channel, file.toString());
    } catch (IOException e) {
      throw notOurs(file, String.valueOf(e.getMessage()));
    }
    byte[] expected = NumpyHeader.write(type, 0, rowShape);
    long[] shape = header.shape();
    long[] known = Arrays.stream(rowShape).asLongStream().toArray();
    if (header.type() != type
        || header.fortran()
        || header.order() != ByteOrder.LITTLE_ENDIAN
        || !Arrays.equals(shape, 1, shape.length, known, 0, known.length)
        || header.dataOffset() != expected.length) {
      throw notOurs(
          file, "it holds " + NumpyHeader.shapeText(shape) + " values of " + header.type().code());
    }
  }

  private void start(long kept, boolean fresh) throws IOException {
    byte[] header = NumpyHeader.write(type, kept, rowShape);
    long end = header.length + kept * rowSize * type.bytes();
    if (!fresh && out.length() < end) {
      throw notOurs(file, "it holds fewer than the " + kept + " rows to keep");
    }
    rows = kept;
    out.setLength(end);
    out.seek(0);
    out.write(header);
    out.seek(end);
  }

  /** Returns the number of rows written so far, those kept included. */
  public long rows() {
    return rows;
  }

  /** Appends the rows of a tensor to a file of floats. */
  public void append(Tensor values) {
    requireType(NumpyType.FLOAT32);
    if (values.rowSize() != rowSize) {
      throw new IllegalArgumentException(
          "rows of " + values.rowSize() + " values do not fit rows of " + rowSize);
    }
    append(values.buffer());
  }

  /** Appends a whole number of rows to a file of floats. */
  public void append(float... values) {
    requireType(NumpyType.FLOAT32);
    append(FloatBuffer.wrap(values));
  }

  /** Appends a whole number of rows to a file of int64. */
  public void append(long... values) {
    requireType(NumpyType.INT64);
    append(LongBuffer.wrap(values));
  }

  /** Appends a whole number of rows, such as labels, to a file of int64. */
  public void append(int... values) {
    append(Arrays.stream(values).asLongStream().toArray());
  }

  private void append(FloatBuffer values) {
    FloatBuffer chunk = bytes.asFloatBuffer();
    append(
        values.remaining(), chunk.capacity(), (from, count) -> chunk.put(0, values, from, count));
  }

  private void append(LongBuffer values) {
    LongBuffer chunk = bytes.asLongBuffer();
    append(
        values.remaining(), chunk.capacity(), (from, count) -> chunk.put(0, values, from, count));
  }

  private void append(int values, int chunk, ChunkFiller filler) {
    if (values % rowSize != 0) {
      throw new IllegalArgumentException(
          values + " values are not a whole number of rows of " + rowSize);
    }
    try {
      for (int from = 0; from < values; from += chunk) {
        int count = Math.min(chunk, values - from);
        filler.fill(from, count);
        out.write(bytes.array(), 0, count * type.bytes());
      }
    } catch (IOException e) {
      throw unwritable(file, e);
    }
    rows += values / rowSize;
  }

  /** Copies some of the values to be written into the chunk of bytes. */
  @FunctionalInterface
  private interface ChunkFiller {
    void fill(int from, int count);
  }

  /** Puts the number of rows into the header and waits until everything is on the disk. */
  public void flush() {
    try {
      writeHeader();
      out.getFD().sync();
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  private void writeHeader() throws IOException {
    byte[] header = NumpyHeader.write(type, rows, rowShape);
    long end = header.length + rows * rowSize * type.bytes();
    // Rows that a full disk cut short are dropped.
    if (out.length() > end) {
      out.setLength(end);
    }
    out.seek(0);
    out.write(header);
    out.seek(end);
  }

  /** Puts the number of rows into the header and closes the file. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try (out) {
      writeHeader();
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  private void closeQuietly(Exception cause) {
    try {
      out.close();
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  private void requireType(NumpyType given) {
    if (type != given) {
      throw new IllegalArgumentException(file + " takes " + type.code() + ", not " + given.code());
    }
  }

  private static int rowSize(int[] rowShape) {
    int size = 1;
    for (int axis : rowShape) {
      if (axis < 1) {
        throw new IllegalArgumentException("sizes must be positive: " + Arrays.toString(rowShape));
      }
      size = Math.multiplyExact(size, axis);
    }
    return size;
  }

  private static BadInputException notOurs(Path file, String what) {
    return new BadInputException(
        "rows cannot be added to "
            + file
            + ": "
            + what
            + "; start afresh with another folder or with --overwrite");
  }

  private static UncheckedIOException unwritable(Path file, IOException e) {
    return new UncheckedIOException(file + " cannot be written (" + e.getMessage() + ")", e);
  }
}
