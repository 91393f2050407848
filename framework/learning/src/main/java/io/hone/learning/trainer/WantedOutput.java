package io.hone.learning.trainer;

import java.util.Arrays;

/** What the classifier should return for a made image. */
sealed interface WantedOutput {
  /**
   * Returns probabilities that sum to 1.
   *
   * @param clean probabilities of the clean image
   * @param wanted the class that is wanted
   */
  double[] of(double[] clean, int wanted);

  /** Returns whether it depends on the clean image, which otherwise need not be classified. */
  default boolean needsClean() {
    return true;
  }

  /** The wanted class alone: what the paper's identity function leaves of equation 6. */
  record OneHot() implements WantedOutput {
    @Override
    public boolean needsClean() {
      return false;
    }

    @Override
    public double[] of(double[] clean, int wanted) {
      double[] expected = new double[clean.length];
      expected[wanted] = 1;
      return expected;
    }
  }

  /**
   * The clean image's probabilities with the wanted class raised above all: equation 7 of Nguyen et
   * al., normalised to sum to 1.
   *
   * @param alpha how many times the largest probability it gets, above 1
   */
  record Reranked(double alpha) implements WantedOutput {
    @Override
    public double[] of(double[] clean, int wanted) {
      double[] expected = clean.clone();
      expected[wanted] = alpha * Arrays.stream(clean).max().orElseThrow();
      double sum = Arrays.stream(expected).sum();
      for (int k = 0; k < expected.length; k++) {
        expected[k] /= sum;
      }
      return expected;
    }
  }
}
