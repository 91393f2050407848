package io.hone.testkit.model;

import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.ImageTransformer;
import io.hone.api.stability.Stability;
import java.util.function.Predicate;

/** An image-to-image model that computes each feature from its value and position. */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public final class FeatureTransformer implements ImageTransformer {
  private final Predicate<ImageShape> accepted;
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
    this(shape::equals, function);
  }

  /** Creates a model of images of any shape. */
  public FeatureTransformer(Function function) {
    this(any -> true, function);
  }

  private FeatureTransformer(Predicate<ImageShape> accepted, Function function) {
    this.accepted = accepted;
    this.function = function;
  }

  @Override
  public boolean accepts(ImageShape other) {
    return accepted.test(other);
  }

  @Override
  public Tensor transform(Tensor images) {
    Tensor transformed = Tensor.images(images.rows(), images.imageShape());
    for (int row = 0; row < images.rows(); row++) {
      for (int feature = 0; feature < images.rowSize(); feature++) {
        transformed.set(row, feature, function.apply(feature, images.get(row, feature)));
      }
    }
    return transformed;
  }
}
