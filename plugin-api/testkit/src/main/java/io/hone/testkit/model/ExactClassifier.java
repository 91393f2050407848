package io.hone.testkit.model;

import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.DifferentiableClassifier;
import io.hone.api.model.Loss;
import io.hone.api.model.LossGradient;
import io.hone.api.stability.Stability;

/**
 * A classifier that computes in double, one image at a time, and whose gradients are exact: a
 * yardstick for attacks that needs no runtime.
 */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public abstract class ExactClassifier implements DifferentiableClassifier {
  private final ImageShape shape;
  private final int classes;

  /** Creates a classifier of images of one shape. */
  protected ExactClassifier(ImageShape shape, int classes) {
    this.shape = shape;
    this.classes = classes;
  }

  /** Returns the logits of one image. */
  public abstract double[] logits(double[] image);

  /** Returns the gradient of {@code sum(logits * cotangent)} to one image. */
  public abstract double[] pullBack(double[] image, double[] cotangent);

  /** Returns the shape of the images. */
  public final ImageShape shape() {
    return shape;
  }

  @Override
  public final int classes() {
    return classes;
  }

  @Override
  public final boolean accepts(ImageShape other) {
    return shape.equals(other);
  }

  @Override
  public final Tensor logits(ImageBatch images) {
    Tensor logits = Tensor.zeros(images.size(), classes);
    for (int row = 0; row < images.size(); row++) {
      logits.setRow(row, toFloats(logits(image(images, row))));
    }
    return logits;
  }

  @Override
  public final LossGradient lossGradient(ImageBatch images, Loss loss, int[] lossClasses) {
    float[] losses = new float[images.size()];
    Tensor logits = Tensor.zeros(images.size(), classes);
    Tensor gradient = Tensor.images(images.size(), shape);
    for (int row = 0; row < images.size(); row++) {
      double[] image = image(images, row);
      double[] scores = logits(image);
      LossOfLogits value = LossOfLogits.of(loss, scores, lossClasses[row]);
      losses[row] = (float) value.loss();
      logits.setRow(row, toFloats(scores));
      gradient.setRow(row, toFloats(pullBack(image, value.gradient())));
    }
    return new LossGradient(losses, logits, gradient);
  }

  @Override
  public final Tensor vjp(ImageBatch images, Tensor cotangent) {
    Tensor gradient = Tensor.images(images.size(), shape);
    for (int row = 0; row < images.size(); row++) {
      double[] pulled = pullBack(image(images, row), toDoubles(cotangent.row(row)));
      gradient.setRow(row, toFloats(pulled));
    }
    return gradient;
  }

  private static double[] image(ImageBatch images, int row) {
    return toDoubles(images.pixels().row(row));
  }

  private static double[] toDoubles(float[] values) {
    double[] wide = new double[values.length];
    for (int index = 0; index < values.length; index++) {
      wide[index] = values[index];
    }
    return wide;
  }

  private static float[] toFloats(double[] values) {
    float[] narrow = new float[values.length];
    for (int index = 0; index < values.length; index++) {
      narrow[index] = (float) values[index];
    }
    return narrow;
  }
}
