package io.hone.api.metric;

import io.hone.api.stability.Stability;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;

/**
 * Folds outcomes into figures. Adding and merging in any order gives exactly the same value; calls
 * come from one thread at a time.
 *
 * <p>{@link RateAccumulator} serves metrics that count samples, {@link ValueAccumulator} serves
 * metrics that give figures per sample.
 */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public interface Accumulator {
  /** Takes in one sample. */
  void add(Outcome outcome);

  /** Takes in everything that another accumulator of the same metric took in. */
  void merge(Accumulator other);

  /**
   * Returns the figures by name, {@code .} separating levels ({@code l0.mean}); a figure that does
   * not exist (no success to average over) is left out. No name is a level of another one.
   */
  Map<String, Double> value();

  /**
   * Returns which of the figures are rates over some samples that include this sample, and whether
   * the sample counts in favour. A rate's {@link #value} is the share of its samples in favour. The
   * framework counts them too, and gives each rate its interval and its figures per class.
   *
   * <p>The answer depends on the sample alone, not on what was added before. By default no figure
   * is a rate.
   *
   * @return whether the sample counts in favour, by the name of the figure as in {@link #value}
   */
  default Map<String, Boolean> rates(Outcome outcome) {
    return Map.of();
  }

  /** Writes everything taken in, so that an interrupted run can go on. */
  void write(DataOutput output) throws IOException;

  /** Takes in what {@link #write} of an accumulator of the same metric wrote. */
  void read(DataInput input) throws IOException;
}
