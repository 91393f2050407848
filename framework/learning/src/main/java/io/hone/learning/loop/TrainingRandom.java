package io.hone.learning.loop;

import java.util.SplittableRandom;

/**
 * The random streams of a training: each is keyed, so a resumed training draws the same numbers.
 */
final class TrainingRandom {
  private static final long START = 1;
  private static final long ORDER = 2;
  private static final long EXAMPLE = 3;
  private static final long DROPOUT = 4;
  private static final long SIZE = 5;

  private final long seed;

  TrainingRandom(long seed) {
    this.seed = seed;
  }

  /** Returns the stream that the first weights are drawn from. */
  SplittableRandom start() {
    return keyed(START, 0, 0);
  }

  /** Returns the stream that one example is changed by in one epoch. */
  SplittableRandom example(int epoch, int example) {
    return keyed(EXAMPLE, epoch, example);
  }

  /** Returns the stream that decides what is left out of one example's values in one epoch. */
  SplittableRandom dropout(int epoch, int example) {
    return keyed(DROPOUT, epoch, example);
  }

  /** Returns the stream that the size of one batch is drawn from, steps counted from 0. */
  SplittableRandom size(int epoch, int step) {
    return keyed(SIZE, epoch, step);
  }

  /** Returns the examples of an epoch in the order in which they are learned. */
  int[] order(int epoch, int examples) {
    SplittableRandom random = keyed(ORDER, epoch, 0);
    int[] order = new int[examples];
    for (int i = 0; i < examples; i++) {
      int other = random.nextInt(i + 1);
      order[i] = order[other];
      order[other] = i;
    }
    return order;
  }

  private SplittableRandom keyed(long purpose, long epoch, long example) {
    long first = new SplittableRandom(seed).nextLong() + purpose;
    long second = new SplittableRandom(first).nextLong() + epoch;
    return new SplittableRandom(new SplittableRandom(second).nextLong() + example);
  }
}
