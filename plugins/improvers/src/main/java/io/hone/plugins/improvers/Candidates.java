package io.hone.plugins.improvers;

import io.hone.api.data.Batch;
import io.hone.api.data.ImageBatch;
import io.hone.api.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * Modified copies of the adversarial examples that still need work, in the first rows of one
 * tensor, so that each round is one inference over them without copying or allocating.
 *
 * <p>A candidate that leaves is replaced by the last one: go through the slots from the last to the
 * first, and each is seen once.
 *
 * @param <S> what is known of a candidate
 */
final class Candidates<S> {
  private final Tensor pixels;
  private final long[] samples;
  private final List<S> states;
  private ImageBatch images;

  /**
   * Starts with a copy of the named rows.
   *
   * @param state makes what is known of a candidate from its row in the batch
   */
  Candidates(Batch clean, Tensor adversarial, int[] rows, IntFunction<S> state) {
    pixels = adversarial.select(rows);
    samples = Arrays.stream(rows).mapToLong(clean::sample).toArray();
    states = Arrays.stream(rows).mapToObj(state).collect(Collectors.toCollection(ArrayList::new));
  }

  int size() {
    return states.size();
  }

  /** Returns what is known of a candidate. */
  S state(int slot) {
    return states.get(slot);
  }

  /** Returns the index in the whole data set of a candidate's sample. */
  long sample(int slot) {
    return samples[slot];
  }

  /** Returns the candidates' pixels, to be modified; rows from {@link #size()} mean nothing. */
  Tensor pixels() {
    return pixels;
  }

  /** Returns the candidates as a view. */
  ImageBatch images() {
    if (images == null) {
      images = new ImageBatch(pixels.rows(0, size()), Arrays.copyOf(samples, size()));
    }
    return images;
  }

  /** Removes a candidate; what was the last one now has its slot. */
  void remove(int slot) {
    S last = states.remove(states.size() - 1);
    images = null;
    if (slot < size()) {
      pixels.copyRow(slot, pixels, size());
      samples[slot] = samples[size()];
      states.set(slot, last);
    }
  }
}
