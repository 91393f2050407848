package io.hone.core.scenario;

/** What a training is validated on. */
public sealed interface Validation {
  /**
   * A share of the training images, split by image.
   *
   * @param share above 0 and below 1
   */
  record Fraction(double share) implements Validation {}

  /** A data set of its own. */
  record Separate(DatasetChoice dataset) implements Validation {}
}
