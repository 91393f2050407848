package io.hone.plugins.ensembles;

import io.hone.api.data.Batch;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.DifferentiableClassifier;

/** A classifier whose logits put the label on top, but for one answer of several. */
final class FickleClassifier implements DifferentiableClassifier {
  private final DifferentiableClassifier model;
  private final Batch clean;
  private final int period;
  private int answers;

  /** Creates a classifier that tells another class in each answer of so many. */
  FickleClassifier(DifferentiableClassifier model, Batch clean, int period) {
    this.model = model;
    this.clean = clean;
    this.period = period;
  }

  @Override
  public int classes() {
    return model.classes();
  }

  @Override
  public boolean accepts(ImageShape shape) {
    return model.accepts(shape);
  }

  @Override
  public Tensor logits(ImageBatch images) {
    boolean wrong = answers++ % period == 0;
    Tensor logits = model.logits(images);
    for (int image = 0; image < images.size(); image++) {
      int label = label(images.sample(image));
      logits.set(image, wrong ? (label + 1) % classes() : label, 1000);
    }
    return logits;
  }

  private int label(long sample) {
    for (int row = 0; row < clean.size(); row++) {
      if (clean.sample(row) == sample) {
        return clean.label(row);
      }
    }
    throw new IllegalArgumentException("no sample " + sample);
  }

  @Override
  public Tensor vjp(ImageBatch images, Tensor cotangent) {
    return model.vjp(images, cotangent);
  }
}
