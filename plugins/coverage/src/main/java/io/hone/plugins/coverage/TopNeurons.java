package io.hone.plugins.coverage;

import java.util.Arrays;

/** Finds the neurons of a layer that answer most. */
final class TopNeurons {
  private TopNeurons() {}

  /**
   * Returns the places of the largest numbers, the largest first; of equal numbers the first is
   * larger. NaN is never among them, so there may be fewer.
   *
   * @param most how many
   */
  static int[] of(float[] values, int most) {
    int[] best = new int[Math.min(most, values.length)];
    int found = 0;
    for (int place = 0; place < values.length; place++) {
      if (Float.isNaN(values[place])) {
        continue;
      }
      int rank = found;
      while (rank > 0 && values[place] > values[best[rank - 1]]) {
        rank--;
      }
      if (rank < best.length) {
        found = Math.min(found + 1, best.length);
        System.arraycopy(best, rank, best, rank + 1, found - rank - 1);
        best[rank] = place;
      }
    }
    return Arrays.copyOf(best, found);
  }
}
