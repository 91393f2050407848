package io.hone.plugins.coverage;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.BitSet;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Sets of neurons, by the names of figures: adding and merging work in any order. */
final class CoveredNeurons {
  private final int neurons;
  private final Map<String, BitSet> sets = new TreeMap<>();

  /**
   * Starts with empty sets.
   *
   * @param neurons of all layers
   * @param figures the names of the sets
   */
  CoveredNeurons(int neurons, Collection<String> figures) {
    this.neurons = neurons;
    figures.forEach(figure -> sets.put(figure, new BitSet()));
  }

  /** Returns the set of a figure, to be added to: neurons by their numbers over all layers. */
  BitSet set(String figure) {
    return Objects.requireNonNull(sets.get(figure));
  }

  void merge(CoveredNeurons other) {
    sets.forEach((figure, set) -> set.or(other.set(figure)));
  }

  /** Returns which share of the neurons is in each set. */
  Map<String, Double> value() {
    Map<String, Double> shares = new TreeMap<>();
    sets.forEach((figure, set) -> shares.put(figure, set.cardinality() / (double) neurons));
    return shares;
  }

  void write(DataOutput output) throws IOException {
    for (BitSet set : sets.values()) {
      byte[] bytes = set.toByteArray();
      output.writeInt(bytes.length);
      output.write(bytes);
    }
  }

  /** Adds what was written. */
  void read(DataInput input) throws IOException {
    for (BitSet set : sets.values()) {
      byte[] bytes = new byte[input.readInt()];
      input.readFully(bytes);
      set.or(BitSet.valueOf(bytes));
    }
  }
}
