package io.hone.testkit.model;

import io.hone.api.data.ImageShape;
import io.hone.api.stability.Stability;
import java.util.random.RandomGenerator;

/** Logits {@code W x + b}. */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public final class LinearClassifier extends ExactClassifier {
  private final double[][] weights;
  private final double[] biases;

  /**
   * Creates a classifier.
   *
   * @param weights one row of features per class
   * @param biases one number per class
   */
  public LinearClassifier(ImageShape shape, double[][] weights, double[] biases) {
    super(shape, biases.length);
    this.weights = Matrices.copy(weights, biases.length, shape.features());
    this.biases = biases.clone();
  }

  /** Returns a classifier with normally distributed weights. */
  public static LinearClassifier random(ImageShape shape, int classes, RandomGenerator random) {
    double scale = 2 / Math.sqrt(shape.features());
    double[][] weights = Matrices.random(classes, shape.features(), scale, random);
    return new LinearClassifier(shape, weights, new double[classes]);
  }

  @Override
  public double[] logits(double[] image) {
    return Matrices.affine(weights, biases, image);
  }

  @Override
  public double[] pullBack(double[] image, double[] cotangent) {
    return Matrices.transposed(weights, cotangent);
  }
}
