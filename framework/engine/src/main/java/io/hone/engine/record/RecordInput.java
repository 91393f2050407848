package io.hone.engine.record;

import java.io.DataInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** Reads the content of a record; nothing is allocated for more than the record still holds. */
public final class RecordInput extends DataInputStream {
  private final Limited limited;

  /**
   * Creates an input.
   *
   * @param length of the content in bytes
   */
  public RecordInput(InputStream input, long length) {
    this(new Limited(input, length));
  }

  private RecordInput(Limited limited) {
    super(limited);
    this.limited = limited;
  }

  /** Returns how many bytes are left. */
  public long remaining() {
    return limited.left;
  }

  /**
   * Reads a number of elements that follow.
   *
   * @param elementBytes the least that each of them takes; at least 1
   */
  public int readCount(int elementBytes) throws IOException {
    int count = readInt();
    if (count < 0 || (long) count * elementBytes > limited.left) {
      throw new DamagedRecordException(
          "tells of " + count + " elements where " + limited.left + " bytes are left");
    }
    return count;
  }

  /** Reads as many bytes as are told first. */
  public byte[] readBytes() throws IOException {
    byte[] bytes = new byte[readCount(Byte.BYTES)];
    readFully(bytes);
    return bytes;
  }

  /** Reads as many floats as are told first. */
  public float[] readFloats() throws IOException {
    float[] values = new float[readCount(Float.BYTES)];
    byte[] bytes = new byte[values.length * Float.BYTES];
    readFully(bytes);
    ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
    return values;
  }

  private static final class Limited extends FilterInputStream {
    private long left;

    Limited(InputStream input, long length) {
      super(input);
      this.left = length;
    }

    @Override
    public int read() throws IOException {
      if (left == 0) {
        return -1;
      }
      int value = super.read();
      left -= value < 0 ? 0 : 1;
      return value;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (left == 0 && length > 0) {
        return -1;
      }
      int count = super.read(into, offset, (int) Math.min(length, left));
      left -= Math.max(0, count);
      return count;
    }

    @Override
    public long skip(long count) throws IOException {
      long skipped = super.skip(Math.min(count, left));
      left -= skipped;
      return skipped;
    }
  }
}
