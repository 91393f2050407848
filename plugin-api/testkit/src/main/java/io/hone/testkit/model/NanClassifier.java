package io.hone.testkit.model;

import io.hone.api.stability.Stability;
import java.util.Arrays;
import java.util.function.Predicate;

/** Another classifier that returns NaN, as logits and as gradients, for some images. */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public final class NanClassifier extends ExactClassifier {
  private final ExactClassifier base;
  private final Predicate<double[]> broken;

  /** Creates a classifier that returns NaN for the images that meet a condition. */
  public NanClassifier(ExactClassifier base, Predicate<double[]> broken) {
    super(base.shape(), base.classes());
    this.base = base;
    this.broken = broken;
  }

  @Override
  public double[] logits(double[] image) {
    return broken.test(image) ? nan(classes()) : base.logits(image);
  }

  @Override
  public double[] pullBack(double[] image, double[] cotangent) {
    return broken.test(image) ? nan(image.length) : base.pullBack(image, cotangent);
  }

  private static double[] nan(int length) {
    double[] values = new double[length];
    Arrays.fill(values, Double.NaN);
    return values;
  }
}
