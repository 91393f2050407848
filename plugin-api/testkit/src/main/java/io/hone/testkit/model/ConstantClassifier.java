package io.hone.testkit.model;

import io.hone.api.data.ImageShape;
import io.hone.api.stability.Stability;

/** Gives every image the same logits: nothing changes its mind, and its gradient is zero. */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public final class ConstantClassifier extends ExactClassifier {
  private final double[] logits;

  /** Creates a classifier that returns these logits. */
  public ConstantClassifier(ImageShape shape, double... logits) {
    super(shape, logits.length);
    this.logits = logits.clone();
  }

  @Override
  public double[] logits(double[] image) {
    return logits.clone();
  }

  @Override
  public double[] pullBack(double[] image, double[] cotangent) {
    return new double[image.length];
  }
}
