package io.hone.plugins.coverage;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;

/** What some inputs have covered by one criterion. Adding and merging work in any order. */
interface Criterion<C extends Criterion<C>> {
  /**
   * Takes in one input.
   *
   * @param answers of the neurons to it
   */
  void add(LayerAnswers answers);

  /** Takes in what others have covered by the same criterion. */
  void merge(C other);

  /** Returns the figures by name. */
  Map<String, Double> value();

  void write(DataOutput output) throws IOException;

  /** Takes in what {@link #write} wrote. */
  void read(DataInput input) throws IOException;
}
