package io.hone.bench;

import java.util.Collection;
import java.util.Comparator;

/** Stands several turns for one. */
final class Medians {
  private Medians() {}

  /** Returns the middle one; of an even number the smaller of the two in the middle. */
  static <T> T of(Collection<T> turns, Comparator<T> order) {
    return turns.stream().sorted(order).toList().get((turns.size() - 1) / 2);
  }
}
