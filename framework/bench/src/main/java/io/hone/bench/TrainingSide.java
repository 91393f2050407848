package io.hone.bench;

import java.io.IOException;

/** One of those that are compared: it trains a network from new weights as often as it is asked. */
interface TrainingSide {
  /** Returns its name in the table. */
  String name();

  /** Returns how many threads compute. */
  int threads();

  /** Trains a new network after steps that warm up. */
  TrainingFigures train(TrainingWorkload workload, TrainingLength length) throws IOException;
}
