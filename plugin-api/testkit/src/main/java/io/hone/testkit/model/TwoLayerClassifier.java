package io.hone.testkit.model;

import io.hone.api.data.ImageShape;
import io.hone.api.stability.Stability;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Logits {@code W2 f(W1 x + b1) + b2}, with tanh or ReLU as {@code f}. */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public final class TwoLayerClassifier extends ExactClassifier {
  private final Activation activation;
  private final double[][] hiddenWeights;
  private final double[] hiddenBiases;
  private final double[][] weights;
  private final double[] biases;

  /** What is between the two layers. */
  public enum Activation {
    /** Smooth. */
    TANH,
    /** With kinks, and a gradient of 0 at 0. */
    RELU
  }

  /**
   * Creates a classifier.
   *
   * @param hiddenWeights one row of features per hidden unit
   * @param hiddenBiases one number per hidden unit
   * @param weights one row of hidden units per class
   * @param biases one number per class
   */
  public TwoLayerClassifier(
      ImageShape shape,
      Activation activation,
      double[][] hiddenWeights,
      double[] hiddenBiases,
      double[][] weights,
      double[] biases) {
    super(shape, biases.length);
    this.activation = activation;
    this.hiddenWeights = Matrices.copy(hiddenWeights, hiddenBiases.length, shape.features());
    this.hiddenBiases = hiddenBiases.clone();
    this.weights = Matrices.copy(weights, biases.length, hiddenBiases.length);
    this.biases = biases.clone();
  }

  /** Returns a classifier with normally distributed weights, centred on the middle grey image. */
  public static TwoLayerClassifier random(
      ImageShape shape, int classes, Activation activation, RandomGenerator random) {
    int hidden = 16;
    double[][] hiddenWeights =
        Matrices.random(hidden, shape.features(), 3 / Math.sqrt(shape.features()), random);
    double[] middle = new double[shape.features()];
    Arrays.fill(middle, -0.5);
    double[] hiddenBiases = Matrices.affine(hiddenWeights, new double[hidden], middle);
    double[][] weights = Matrices.random(classes, hidden, 2 / Math.sqrt(hidden), random);
    return new TwoLayerClassifier(
        shape, activation, hiddenWeights, hiddenBiases, weights, new double[classes]);
  }

  @Override
  public double[] logits(double[] image) {
    double[] hidden = Matrices.affine(hiddenWeights, hiddenBiases, image);
    for (int unit = 0; unit < hidden.length; unit++) {
      hidden[unit] =
          activation == Activation.TANH ? Math.tanh(hidden[unit]) : Math.max(0, hidden[unit]);
    }
    return Matrices.affine(weights, biases, hidden);
  }

  @Override
  public double[] pullBack(double[] image, double[] cotangent) {
    double[] hidden = Matrices.affine(hiddenWeights, hiddenBiases, image);
    double[] pulled = Matrices.transposed(weights, cotangent);
    for (int unit = 0; unit < hidden.length; unit++) {
      pulled[unit] *= slope(hidden[unit]);
    }
    return Matrices.transposed(hiddenWeights, pulled);
  }

  private double slope(double value) {
    if (activation == Activation.RELU) {
      return value > 0 ? 1 : 0;
    }
    double tanh = Math.tanh(value);
    return 1 - tanh * tanh;
  }
}
