package io.hone.scenario;

/** What a training is validated on. */
public sealed interface Validation {
  /**
   * A share of the training images, split by image.
   *
   * @param share above 0 and below 1
   */
  record Fraction(double share) implements Validation {}

  /**
   * The last of every so many training images, by their index in the whole data set.
   *
   * @param images at least 2: 10 keeps the images 9, 19, 29, ...
   */
  record Every(int images) implements Validation {}

  /** Nothing: the training is stopped by the loss of its own examples. */
  record None() implements Validation {}

  /** A data set of its own. */
  record Separate(DatasetChoice dataset) implements Validation {}
}
