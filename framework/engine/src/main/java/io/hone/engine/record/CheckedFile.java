package io.hone.engine.record;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/**
 * A file that tells whether it is what was written: the content, then the number of its bytes
 * (long, big-endian) and their CRC-32C (int).
 */
public final class CheckedFile {
  private static final int TAIL = Long.BYTES + Integer.BYTES;
  private static final int BUFFER = 1 << 16;

  private CheckedFile() {}

  /** Writes the content of a file. */
  public interface Content {
    void write(DataOutputStream output) throws IOException;
  }

  /** Reads the content of a file, to the end. */
  public interface Reading<T> {
    T read(RecordInput input) throws IOException;
  }

  /**
   * Writes a file; it appears under its name only once it is whole.
   *
   * @param part the name until then, in the same folder
   */
  public static void write(Path part, Path file, Content content) throws IOException {
    try (OutputStream target = Files.newOutputStream(part)) {
      CheckedOutputStream checked =
          new CheckedOutputStream(new BufferedOutputStream(target, BUFFER), new CRC32C());
      Counting counting = new Counting(checked);
      content.write(new DataOutputStream(counting));
      ByteBuffer tail = ByteBuffer.allocate(TAIL);
      tail.putLong(counting.count).putInt((int) checked.getChecksum().getValue());
      checked.write(tail.array());
      checked.flush();
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Reads a file, whose check sum is compared before anything of it is believed.
   *
   * @throws DamagedRecordException if it is not what was written
   */
  public static <T> T read(Path file, Reading<T> reading) throws IOException {
    long length = checkedLength(file);
    try (InputStream input = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
      RecordInput content = new RecordInput(input, length);
      T value = reading.read(content);
      if (content.remaining() > 0) {
        throw new DamagedRecordException("has " + content.remaining() + " bytes too many");
      }
      return value;
    } catch (EOFException e) {
      throw new DamagedRecordException("ends too early");
    } catch (RuntimeException e) {
      // A metric's fold may not know what another version of its plugin wrote.
      throw new DamagedRecordException("cannot be read: " + e);
    }
  }

  /** Returns the number of bytes before the tail, which are what was written. */
  private static long checkedLength(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new DamagedRecordException("is no file");
    }
    long size = Files.size(file);
    if (size < TAIL) {
      throw new DamagedRecordException(size == 0 ? "is empty" : "is cut off");
    }
    CRC32C sum = new CRC32C();
    long left = size - TAIL;
    byte[] buffer = new byte[BUFFER];
    try (DataInputStream input = new DataInputStream(Files.newInputStream(file))) {
      while (left > 0) {
        int count = input.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (count < 0) {
          throw new DamagedRecordException("is cut off");
        }
        sum.update(buffer, 0, count);
        left -= count;
      }
      byte[] tail = new byte[TAIL];
      input.readFully(tail);
      ByteBuffer end = ByteBuffer.wrap(tail);
      if (end.getLong() != size - TAIL) {
        throw new DamagedRecordException("does not have the length that was written");
      }
      if (end.getInt() != (int) sum.getValue()) {
        throw new DamagedRecordException("does not have the check sum that was written");
      }
    }
    return size - TAIL;
  }

  private static final class Counting extends FilterOutputStream {
    private long count;

    Counting(OutputStream output) {
      super(output);
    }

    @Override
    public void write(int value) throws IOException {
      out.write(value);
      count++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      count += length;
    }
  }
}
