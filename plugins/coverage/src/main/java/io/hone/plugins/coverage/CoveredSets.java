package io.hone.plugins.coverage;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Sets of states, one for each figure: adding and merging work in any order. */
final class CoveredSets {
  private final List<CoverageFigure> figures;
  private final Map<String, BitSet> sets = new TreeMap<>();

  /** Starts with empty sets. */
  CoveredSets(List<CoverageFigure> figures) {
    this.figures = figures;
    figures.forEach(figure -> sets.put(figure.name(), new BitSet()));
  }

  /** Returns the set of a figure, to be added to. */
  BitSet set(String figure) {
    return Objects.requireNonNull(sets.get(figure));
  }

  void merge(CoveredSets other) {
    sets.forEach((figure, set) -> set.or(other.set(figure)));
  }

  /** Returns which share of its states is in each set. */
  Map<String, Double> value() {
    Map<String, Double> shares = new TreeMap<>();
    for (CoverageFigure figure : figures) {
      shares.put(figure.name(), set(figure.name()).cardinality() / (double) figure.states());
    }
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
