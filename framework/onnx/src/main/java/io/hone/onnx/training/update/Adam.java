package io.hone.onnx.training.update;

import java.util.List;
import java.util.Map;

/**
 * Adam (Kingma and Ba 2015, algorithm 1): moving means of each gradient and of its square, without
 * their bias toward 0.
 *
 * @param beta1 share that the mean keeps, from 0 to below 1
 * @param beta2 share that the mean square keeps, from 0 to below 1
 * @param epsilon added to the root of the mean square, above 0
 * @param decoupled whether weight decay works on the weight itself and not on the gradient: AdamW
 *     (Loshchilov and Hutter 2019, algorithm 2)
 */
public record Adam(float beta1, float beta2, float epsilon, boolean decoupled)
    implements Optimizer {
  static final String STEP_SIZE = "step_size";
  static final String CORRECTION = "correction";
  static final String MEAN = "mean";
  static final String SQUARE = "square";

  /** Checks the numbers. */
  public Adam {
    if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1 && epsilon > 0)) {
      throw new IllegalArgumentException(
          "Adam takes betas from 0 to below 1 and an epsilon above 0, not %s, %s, %s"
              .formatted(beta1, beta2, epsilon));
    }
  }

  /** Returns Adam with the paper's numbers. */
  public static Adam usual() {
    return new Adam(0.9f, 0.999f, 1e-8f, false);
  }

  /** Returns AdamW with the paper's numbers. */
  public static Adam usualDecoupled() {
    return new Adam(0.9f, 0.999f, 1e-8f, true);
  }

  @Override
  public List<String> states() {
    return List.of(MEAN, SQUARE);
  }

  @Override
  public Map<String, Float> numbers(double rate, long step) {
    double ofMean = 1 - StrictMath.pow(beta1, step);
    double ofSquare = 1 - StrictMath.pow(beta2, step);
    return Map.of(
        GradientDescent.RATE,
        (float) rate,
        STEP_SIZE,
        (float) (rate / ofMean),
        CORRECTION,
        (float) (1 / StrictMath.sqrt(ofSquare)));
  }
}
