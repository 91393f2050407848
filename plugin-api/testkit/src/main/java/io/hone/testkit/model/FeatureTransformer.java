package io.hone.testkit.model;

import io.hone.api.model.ImageTransformer;
import io.hone.api.tensor.ImageShape;
import io.hone.api.tensor.Tensor;

/** An image-to-image model that computes each feature from its value and position. */
public final class FeatureTransformer implements ImageTransformer {
  private final ImageShape shape;
  private final Function function;

  /** What becomes of one feature. */
  @FunctionalInterface
  public interface Function {
    /**
     * Returns the new value of a feature.
     *
     * @param feature its position in the image
     */
    float apply(int feature, float value);
  }

  /** Creates a model of images of one shape. */
  public FeatureTransformer(ImageShape shape, Function function) {
    this.shape = shape;
    this.function = function;
  }

  @Override
  public boolean accepts(ImageShape other) {
    return shape.equals(other);
  }

  @Override
  public Tensor transform(Tensor images) {
    Tensor transformed = Tensor.images(images.rows(), shape);
    for (int row = 0; row < images.rows(); row++) {
      for (int feature = 0; feature < shape.features(); feature++) {
        transformed.set(row, feature, function.apply(feature, images.get(row, feature)));
      }
    }
    return transformed;
  }
}
