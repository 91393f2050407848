package io.hone.engine.record;

import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Writes what {@link RecordInput} reads. */
public final class RecordOutput {
  private RecordOutput() {}

  /** Writes numbers with their count in front, for {@link RecordInput#readFloats}. */
  public static void writeFloats(DataOutput output, float[] values) throws IOException {
    output.writeInt(values.length);
    writeAll(output, values);
  }

  /** Writes numbers alone. */
  public static void writeAll(DataOutput output, float[] values) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
    bytes.asFloatBuffer().put(values);
    output.write(bytes.array());
  }
}
