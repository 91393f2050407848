package io.hone.plugins.gradient;

import java.util.Comparator;
import java.util.stream.IntStream;

/** The classes that are most likely to take the place of an image's label. */
public final class RivalClasses {
  private RivalClasses() {}

  /**
   * Returns the classes beside the label with the largest logits, the largest first.
   *
   * @param logits of one image
   * @param most how many classes to return, if there are as many
   */
  public static int[] byLogit(float[] logits, int label, int most) {
    return IntStream.range(0, logits.length)
        .filter(other -> other != label)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer other) -> -logits[other]))
        .limit(most)
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
