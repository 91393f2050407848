package io.hone.engine.journal;

import io.hone.engine.record.CheckedFile;
import io.hone.engine.record.DamagedRecordException;
import io.hone.engine.record.RecordInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A file of the journal: what it is a record of, the content, and a check sum over both.
 *
 * <p>Layout, big-endian: {@code HONEREC} and a zero byte, the format's version (int), the kind
 * (int), the run's identity (UTF), position, count (long each) and step (int), the content. It is a
 * {@link CheckedFile} in every version, so that a damaged file is never taken for one of another
 * version.
 */
final class RecordFile {
  /** The version of the layout; version 1 had neither heads nor check sums. */
  static final int FORMAT = 6;

  private static final byte[] MAGIC = "HONEREC\0".getBytes(StandardCharsets.US_ASCII);

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
  static void write(Path file, Head head, CheckedFile.Content content) throws IOException {
    CheckedFile.write(
        file.resolveSibling(file.getFileName() + Journal.PART),
        file,
        output -> {
          output.write(MAGIC);
          output.writeInt(FORMAT);
          output.writeInt(head.kind().ordinal());
          output.writeUTF(head.identity());
          output.writeLong(head.samples().position());
          output.writeLong(head.samples().count());
          output.writeInt(head.step());
          content.write(output);
        });
  }

  /**
   * Reads a record, whose check sum is compared before anything of it is believed.
   *
   * @throws DamagedRecordException if it is not what was written
   * @throws OtherFormatException if another version of Hone wrote it
   */
  static <T> T read(Path file, Reading<T> reading) throws IOException {
    return CheckedFile.read(file, input -> reading.read(head(input), input));
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
}
