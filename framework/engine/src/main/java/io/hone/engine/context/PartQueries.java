package io.hone.engine.context;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What a part of a component's work asked about a sample.
 *
 * @param forward queries
 * @param gradient queries
 */
public record PartQueries(long forward, long gradient) {
  /** Returns whether anything was asked. */
  public boolean asked() {
    return forward + gradient > 0;
  }

  void write(DataOutput output) throws IOException {
    output.writeLong(forward);
    output.writeLong(gradient);
  }

  static PartQueries read(DataInput input) throws IOException {
    return new PartQueries(input.readLong(), input.readLong());
  }
}
