package io.hone.onnxruntime;

import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.DifferentiableClassifier;
import io.hone.api.model.LogitLoss;
import io.hone.api.model.Loss;
import io.hone.onnx.gradientcheck.CheckedFunction;
import java.util.function.UnaryOperator;

/**
 * The loss of each image's own class, computed in double from logits in float, and the gradient
 * that a classifier claims for it.
 */
public final class CheckedClassifier implements CheckedFunction {
  private final UnaryOperator<Tensor> logits;
  private final DifferentiableClassifier classifier;
  private final ImageShape shape;
  private final Loss loss;
  private final int[] classes;

  /**
   * Creates the function.
   *
   * @param logits {@code [N, K]} of images {@code [N, C, H, W]}: what the model really computes
   * @param classifier whose gradient is checked
   * @param shape of every image
   * @param classes the class that the loss looks at, for each image
   */
  public CheckedClassifier(
      UnaryOperator<Tensor> logits,
      DifferentiableClassifier classifier,
      ImageShape shape,
      Loss loss,
      int[] classes) {
    this.logits = logits;
    this.classifier = classifier;
    this.shape = shape;
    this.loss = loss;
    this.classes = classes.clone();
  }

  @Override
  public double[] values(int image, float[][] variations) {
    Tensor images = Tensor.images(variations.length, shape);
    for (int row = 0; row < variations.length; row++) {
      images.setRow(row, variations[row]);
    }
    Tensor scores = logits.apply(images);
    double[] values = new double[variations.length];
    for (int row = 0; row < values.length; row++) {
      values[row] = value(scores.row(row), classes[image]);
    }
    return values;
  }

  /** Returns what the rounding of the logits' last bits makes of the loss. */
  @Override
  public double rounding(int image, float[] pixels) {
    Tensor one = Tensor.images(1, shape);
    one.setRow(0, pixels);
    float[] scores = logits.apply(one).row(0);
    double squares = 0;
    for (int i = 0; i < scores.length; i++) {
      double last = Math.ulp(scores[i]);
      float[] changed = scores.clone();
      changed[i] += Math.scalb(1f, -10) * Math.max(1, Math.abs(scores[i]));
      double slope =
          (value(changed, classes[image]) - value(scores, classes[image]))
              / ((double) changed[i] - scores[i]);
      squares += slope * slope * last * last / 12;
    }
    return Math.sqrt(squares);
  }

  @Override
  public float[] gradient(int image, float[] pixels) {
    Tensor one = Tensor.images(1, shape);
    one.setRow(0, pixels);
    return classifier
        .lossGradient(new ImageBatch(one, new long[] {image}), loss, new int[] {classes[image]})
        .gradient()
        .row(0);
  }

  private double value(float[] scores, int wanted) {
    return LogitLoss.of(loss, scores, wanted).value();
  }
}
