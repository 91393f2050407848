package io.hone.dl4j.samediff;

/** What batch normalization normalises by. */
enum Mode {
  /** The mean and variance of the batch at hand. */
  TRAINING,
  /** The mean and variance that the training measured. */
  INFERENCE
}
