package io.hone.plugins.defenses;

import io.hone.api.RecoveringClassifier;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.Classifier;

/**
 * A classifier that sees each image as a transformation left it. It does not own the classifier
 * behind it, and closes nothing.
 */
abstract class ImageDefense implements RecoveringClassifier {
  private final Classifier base;

  ImageDefense(Classifier base) {
    this.base = base;
  }

  /** Returns the shape that images of a shape have before the classifier. */
  abstract ImageShape transformed(ImageShape shape);

  /** Returns the images as the classifier sees them. */
  abstract ImageBatch transform(ImageBatch images);

  /** Returns what the classifier sees in the shape of the images given. */
  abstract ImageBatch restoreShape(ImageBatch transformed, ImageShape shape);

  @Override
  public final int classes() {
    return base.classes();
  }

  @Override
  public boolean accepts(ImageShape shape) {
    return base.accepts(transformed(shape));
  }

  @Override
  public final Tensor logits(ImageBatch images) {
    return base.logits(transform(images));
  }

  @Override
  public final int[] predict(ImageBatch images) {
    return base.predict(transform(images));
  }

  @Override
  public final ImageBatch recover(ImageBatch images) {
    ImageBatch transformed = transform(images);
    ImageBatch recovered =
        base instanceof RecoveringClassifier next ? next.recover(transformed) : transformed;
    return restoreShape(recovered, images.pixels().imageShape());
  }
}
