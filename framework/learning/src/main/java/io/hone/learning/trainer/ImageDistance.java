package io.hone.learning.trainer;

/** How far a made image is from the clean one, and the gradient of that. */
public enum ImageDistance {
  /** The Euclidean norm of the difference: equation 6 of Nguyen et al., as printed. */
  L2 {
    @Override
    double of(float[] clean, float[] made, double[] gradient) {
      double norm = Math.sqrt(squares(clean, made, gradient));
      for (int feature = 0; feature < gradient.length; feature++) {
        gradient[feature] = norm > 0 ? gradient[feature] / norm : 0;
      }
      return norm;
    }
  },
  /** The mean over the features of its square: equation 2 of AE4DNN, and the authors' code. */
  MSE {
    @Override
    double of(float[] clean, float[] made, double[] gradient) {
      double squares = squares(clean, made, gradient);
      for (int feature = 0; feature < gradient.length; feature++) {
        gradient[feature] *= 2.0 / gradient.length;
      }
      return squares / gradient.length;
    }
  };

  /**
   * Returns the distance of one image.
   *
   * @param gradient receives the gradient to the made image
   */
  abstract double of(float[] clean, float[] made, double[] gradient);

  /** Returns the sum of squared differences and leaves the differences behind. */
  private static double squares(float[] clean, float[] made, double[] differences) {
    double squares = 0;
    for (int feature = 0; feature < differences.length; feature++) {
      differences[feature] = (double) made[feature] - clean[feature];
      squares += differences[feature] * differences[feature];
    }
    return squares;
  }
}
