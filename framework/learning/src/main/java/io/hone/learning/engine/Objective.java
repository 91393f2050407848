package io.hone.learning.engine;

/** What a training makes small, as a mean over the examples of a batch. */
public sealed interface Objective {
  /**
   * Cross-entropy of logits {@code [N, K]} and true classes.
   *
   * @param smoothing the share of the wanted probability that is spread over all classes, from 0 to
   *     below 1 (Szegedy et al. 2016, section 7)
   */
  record CrossEntropy(double smoothing) implements Objective {
    /** Returns plain cross-entropy. */
    public static CrossEntropy plain() {
      return new CrossEntropy(0);
    }
  }

  /** The mean over the features of {@code (output - target)^2}. */
  record MeanSquaredError() implements Objective {}

  /**
   * Binary cross-entropy, a mean over the features: equation 9 of Nguyen et al. (Method for
   * Improving Quality of Adversarial Examples). The network ends in a sigmoid.
   *
   * @param balanced whether the features of a batch whose target is 1 weigh as much, taken
   *     together, as those whose target is 0
   */
  record BinaryCrossEntropy(boolean balanced) implements Objective {}

  /**
   * The sum over the features of {@code output * target}. With the gradient of any loss to the
   * output as target, the weights have that loss's own gradient: a network learns from what is
   * outside its graph.
   */
  record GivenGradient() implements Objective {}
}
