package io.hone.learning.engine;

import io.hone.api.data.Tensor;

/** What a training makes small, as a mean over the examples of a batch. */
public sealed interface Objective {
  /**
   * Returns the loss of outputs, computed in double precision.
   *
   * @param output what a network returned, one row for each example
   * @param targets of the same examples
   * @return a mean over the examples
   */
  double of(Tensor output, Targets targets);

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

    @Override
    public double of(Tensor logits, Targets targets) {
      int[] classes = ((Targets.Classes) targets).classes();
      double sum = 0;
      for (int row = 0; row < classes.length; row++) {
        double[] logarithms = Logits.logSoftmax(logits, row);
        double spread = 0;
        for (double logarithm : logarithms) {
          spread += logarithm / logarithms.length;
        }
        sum -= (1 - smoothing) * logarithms[classes[row]] + smoothing * spread;
      }
      return sum / classes.length;
    }
  }

  /** The mean over the features of {@code (output - target)^2}. */
  record MeanSquaredError() implements Objective {
    @Override
    public double of(Tensor output, Targets targets) {
      return FeatureSum.of(output, targets, (made, wanted) -> (made - wanted) * (made - wanted))
          / output.rowSize();
    }
  }

  /**
   * Binary cross-entropy, a mean over the features: equation 9 of Nguyen et al. (Method for
   * Improving Quality of Adversarial Examples). The network ends in a sigmoid.
   *
   * @param balanced whether the features of a batch whose target is 1 weigh as much, taken
   *     together, as those whose target is 0
   */
  record BinaryCrossEntropy(boolean balanced) implements Objective {
    /** Keeps the logarithm of a sigmoid's output finite. */
    private static final double SMALLEST = 1e-7;

    /** Bounds the weights of a batch whose targets are nearly all alike. */
    private static final double RAREST = 1e-3;

    @Override
    public double of(Tensor output, Targets targets) {
      double share =
          balanced
              ? FeatureSum.of(output, targets, (made, wanted) -> wanted) / output.rowSize()
              : 0;
      double ofOnes = balanced ? 0.5 / (share + RAREST) : 1;
      double ofZeros = balanced ? 0.5 / (1 - share + RAREST) : 1;
      return FeatureSum.of(
              output,
              targets,
              (made, wanted) -> {
                double bounded = Math.min(1 - SMALLEST, Math.max(SMALLEST, made));
                double weight = ofOnes * wanted + ofZeros * (1 - wanted);
                return -weight
                    * (wanted * Math.log(bounded) + (1 - wanted) * Math.log(1 - bounded));
              })
          / output.rowSize();
    }
  }

  /**
   * The sum over the features of {@code output * target}. With the gradient of any loss to the
   * output as target, the weights have that loss's own gradient: a network learns from what is
   * outside its graph.
   */
  record GivenGradient() implements Objective {
    @Override
    public double of(Tensor output, Targets targets) {
      return FeatureSum.of(output, targets, (made, wanted) -> made * wanted);
    }
  }
}
