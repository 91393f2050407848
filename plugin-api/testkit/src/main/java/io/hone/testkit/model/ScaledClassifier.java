package io.hone.testkit.model;

import io.hone.api.stability.Stability;

/**
 * Another classifier with its logits and their gradients multiplied by a factor: surer than its
 * softmax can tell, beyond what a float holds, or hardly moved by anything.
 */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public final class ScaledClassifier extends ExactClassifier {
  private final ExactClassifier base;
  private final double factor;

  /** Creates a classifier that exaggerates another, or plays it down. */
  public ScaledClassifier(ExactClassifier base, double factor) {
    super(base.shape(), base.classes());
    this.base = base;
    this.factor = factor;
  }

  /** Returns a classifier whose logits and gradients are infinite in float. */
  public static ScaledClassifier overflowing(ExactClassifier base) {
    return new ScaledClassifier(base, 1e39);
  }

  @Override
  public double[] logits(double[] image) {
    return scaled(base.logits(image));
  }

  @Override
  public double[] pullBack(double[] image, double[] cotangent) {
    return scaled(base.pullBack(image, cotangent));
  }

  private double[] scaled(double[] values) {
    double[] scaled = new double[values.length];
    for (int index = 0; index < values.length; index++) {
      scaled[index] = factor * values[index];
    }
    return scaled;
  }
}
