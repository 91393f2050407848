package io.hone.api.train;

/**
 * What a trainer's network should return for an input image: says how the framework makes the
 * pairs.
 */
public sealed interface TrainingTarget {
  /** The true class of a clean image. */
  record TrueClass() implements TrainingTarget {}

  /**
   * The clean image that belongs to the input: inputs are the clean images and what every step
   * emitted.
   */
  record CleanImage() implements TrainingTarget {}

  /**
   * 1 for each feature of a successful adversarial example whose perturbation is redundant, else 0.
   *
   * @param mask how redundancy is decided
   * @param step the first block size of the greedy mask, in features
   */
  record Redundancy(Mask mask, int step) implements TrainingTarget {}

  /**
   * No image of its own: the network is a generator whose image a classifier should take for the
   * class that the goal wants. Inputs are the clean images that an attack would take on, those that
   * the classifier is right about and whose goal is another class.
   */
  record GoalClass() implements TrainingTarget {}

  /** How redundancy is decided. */
  enum Mask {
    /**
     * What Algorithm 1 of Nguyen et al. (Method for Improving Quality of Adversarial Examples)
     * restored.
     */
    GREEDY,
    /** Equation 8 of the same paper: restoring this feature alone keeps the label. */
    SINGLE
  }
}
