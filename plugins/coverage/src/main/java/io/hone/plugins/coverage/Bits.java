package io.hone.plugins.coverage;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.BitSet;

/** A set of neurons, by their number over all layers. */
final class Bits {
  private final BitSet bits = new BitSet();

  void add(int neuron) {
    bits.set(neuron);
  }

  void addAll(Bits other) {
    bits.or(other.bits);
  }

  /** Returns how many of some neurons are in the set, as a share. */
  double share(int neurons) {
    return bits.cardinality() / (double) neurons;
  }

  void write(DataOutput output) throws IOException {
    byte[] bytes = bits.toByteArray();
    output.writeInt(bytes.length);
    output.write(bytes);
  }

  /** Adds a set that was written. */
  void read(DataInput input) throws IOException {
    byte[] bytes = new byte[input.readInt()];
    input.readFully(bytes);
    bits.or(BitSet.valueOf(bytes));
  }
}
