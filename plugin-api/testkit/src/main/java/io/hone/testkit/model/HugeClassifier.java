package io.hone.testkit.model;

/**
 * Another classifier with its logits scaled until they and their gradients overflow a float: it
 * predicts infinities.
 */
public final class HugeClassifier extends ExactClassifier {
  private static final double SCALE = 1e39;

  private final ExactClassifier base;

  /** Creates a classifier that exaggerates another. */
  public HugeClassifier(ExactClassifier base) {
    super(base.shape(), base.classes());
    this.base = base;
  }

  @Override
  public double[] logits(double[] image) {
    return scaled(base.logits(image));
  }

  @Override
  public double[] pullBack(double[] image, double[] cotangent) {
    return scaled(base.pullBack(image, cotangent));
  }

  private static double[] scaled(double[] values) {
    double[] scaled = new double[values.length];
    for (int index = 0; index < values.length; index++) {
      scaled[index] = SCALE * values[index];
    }
    return scaled;
  }
}
