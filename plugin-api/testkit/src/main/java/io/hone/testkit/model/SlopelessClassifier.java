package io.hone.testkit.model;

import io.hone.api.stability.Stability;
import java.util.Arrays;

/** Another classifier whose logits are numbers, but whose gradients are all NaN. */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public final class SlopelessClassifier extends ExactClassifier {
  private final ExactClassifier base;

  /** Creates a classifier that predicts what another does. */
  public SlopelessClassifier(ExactClassifier base) {
    super(base.shape(), base.classes());
    this.base = base;
  }

  @Override
  public double[] logits(double[] image) {
    return base.logits(image);
  }

  @Override
  public double[] pullBack(double[] image, double[] cotangent) {
    double[] slope = new double[image.length];
    Arrays.fill(slope, Double.NaN);
    return slope;
  }
}
