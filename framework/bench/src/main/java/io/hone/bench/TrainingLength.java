package io.hone.bench;

/**
 * How long a training is.
 *
 * @param examples of an epoch, at least 1
 * @param epochs at least 1
 * @param warmUp untimed steps before the first epoch
 */
record TrainingLength(int examples, int epochs, int warmUp) {
  private static final int WARM_UP = 4;
  private static final int LEARNED_BATCH = 4;

  /** Returns the length of a training that is timed. */
  static TrainingLength epoch(int examples) {
    return new TrainingLength(examples, 1, WARM_UP);
  }

  /** Returns the length of a training whose loss falls, because it learns one batch by heart. */
  static TrainingLength oneBatch(TrainingWorkload workload) {
    return new TrainingLength(workload.batch(), LEARNED_BATCH, 0);
  }
}
