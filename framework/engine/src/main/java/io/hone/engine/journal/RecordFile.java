package io.hone.engine.journal;

import io.hone.engine.record.DamagedRecordException;
import io.hone.engine.record.RecordInput;
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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/**
 * A file of the journal: what it is a record of, the content, and a check sum over both.
 *
 * <p>Layout, big-endian: {@code HONEREC} and a zero byte, the format's version (int), the kind
 * (int), the run's identity (UTF), position, count (long each) and step (int), the content; then
 * the number of all bytes before (long) and their CRC-32C (int). The end is laid out so in every
 * version, so that a damaged file is never taken for one of another version.
 */
final class RecordFile {
  /** The version of the layout; version 1 had neither heads nor check sums. */
  static final int FORMAT = 6;

  private static final byte[] MAGIC = "HONEREC\0".getBytes(StandardCharsets.US_ASCII);
  private static final int TAIL = Long.BYTES + Integer.BYTES;
  private static final int BUFFER = 1 << 16;

  /** What a file is a record of. */
  enum Kind {
    /** The run that a journal belongs to. */
    RUN,
    /** All steps of a unit. */
    UNIT,
    /** One finished step of a unit that is not finished. */
    STEP
  }

  /**
   * What a record is of.
   *
   * @param identity of the run
   * @param samples that it is about; those of a run start at 0
   * @param step number of the step, 0 for the first one; -1 where it is not of one step
   */
  record Head(Kind kind, String identity, SampleRange samples, int step) {}

  /** Writes the content of a record. */
  interface Content {
    void write(DataOutputStream output) throws IOException;
  }

  /** Reads the content of a record, to the end. */
  interface Reading<T> {
    T read(Head head, RecordInput input) throws IOException;
  }

  /** A record of a version that this Hone does not read. */
  static final class OtherFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    OtherFormatException(int version) {
      super("has the format version " + version + ", not " + FORMAT);
    }
  }

  private RecordFile() {}

  /** Writes a record; it appears under its name only once it is whole. */
  static void write(Path file, Head head, Content content) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + Journal.PART);
    try (OutputStream target = Files.newOutputStream(part)) {
      CheckedOutputStream checked =
          new CheckedOutputStream(new BufferedOutputStream(target, BUFFER), new CRC32C());
      Counting counting = new Counting(checked);
      DataOutputStream output = new DataOutputStream(counting);
      output.write(MAGIC);
      output.writeInt(FORMAT);
      output.writeInt(head.kind().ordinal());
      output.writeUTF(head.identity());
      output.writeLong(head.samples().position());
      output.writeLong(head.samples().count());
      output.writeInt(head.step());
      content.write(output);
      ByteBuffer tail = ByteBuffer.allocate(TAIL);
      tail.putLong(counting.count).putInt((int) checked.getChecksum().getValue());
      checked.write(tail.array());
      checked.flush();
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Reads a record, whose check sum is compared before anything of it is believed.
   *
   * @throws DamagedRecordException if it is not what was written
   * @throws OtherFormatException if another version of Hone wrote it
   */
  static <T> T read(Path file, Reading<T> reading) throws IOException {
    long length = checkedLength(file);
    try (InputStream input = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
      RecordInput record = new RecordInput(input, length);
      T value = reading.read(head(record), record);
      if (record.remaining() > 0) {
        throw new DamagedRecordException("has " + record.remaining() + " bytes too many");
      }
      return value;
    } catch (EOFException e) {
      throw new DamagedRecordException("ends too early");
    } catch (RuntimeException e) {
      // A metric's accumulator may not know what another version of its plugin wrote.
      throw new DamagedRecordException("cannot be read: " + e);
    }
  }

  private static Head head(RecordInput record) throws IOException {
    byte[] magic = new byte[MAGIC.length];
    record.readFully(magic);
    if (!Arrays.equals(magic, MAGIC)) {
      throw new DamagedRecordException("is no record of Hone");
    }
    int version = record.readInt();
    if (version != FORMAT) {
      throw new OtherFormatException(version);
    }
    Kind kind = Kind.values()[record.readInt()];
    String identity = record.readUTF();
    SampleRange samples = new SampleRange(record.readLong(), record.readLong());
    return new Head(kind, identity, samples, record.readInt());
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
