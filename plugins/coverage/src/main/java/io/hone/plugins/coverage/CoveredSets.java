package io.hone.plugins.coverage;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Sets of states, one for each figure: adding and merging work in any order. */
final class CoveredSets {
  private final List<CoverageFigure> figures;
  private final List<BitSet> sets;

  /** Starts with empty sets. */
  CoveredSets(List<CoverageFigure> figures) {
    this.figures = figures;
    this.sets = figures.stream().map(figure -> new BitSet()).toList();
  }

  /**
   * Returns the set of a figure, to be added to.
   *
   * @param figure its number among the figures
   */
  BitSet set(int figure) {
    return sets.get(figure);
  }

  void merge(CoveredSets other) {
    for (int figure = 0; figure < sets.size(); figure++) {
      sets.get(figure).or(other.sets.get(figure));
    }
  }

  /** Returns which share of its states is in each set. */
  Map<String, Double> value() {
    Map<String, Double> shares = new TreeMap<>();
    for (int figure = 0; figure < sets.size(); figure++) {
      double states = figures.get(figure).states();
      shares.put(figures.get(figure).name(), sets.get(figure).cardinality() / states);
    }
    return shares;
  }

  void write(DataOutput output) throws IOException {
    for (BitSet set : sets) {
      byte[] bytes = set.toByteArray();
      output.writeInt(bytes.length);
      output.write(bytes);
    }
  }

  /** Adds what was written. */
  void read(DataInput input) throws IOException {
    for (BitSet set : sets) {
      byte[] bytes = new byte[input.readInt()];
      input.readFully(bytes);
      set.or(BitSet.valueOf(bytes));
    }
  }
}
