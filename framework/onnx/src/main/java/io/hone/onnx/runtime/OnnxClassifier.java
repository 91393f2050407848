package io.hone.onnx.runtime;

import io.hone.api.data.ImageBatch;
import io.hone.api.model.Classifier;
import io.hone.api.model.ModelCard;
import io.hone.api.tensor.ImageShape;
import io.hone.api.tensor.Tensor;
import java.util.Optional;

/** A classifier whose graph gives no gradients. */
final class OnnxClassifier implements Classifier {
  private final int classes;
  private final ForwardPass forward;
  private final String obstacle;

  private OnnxClassifier(int classes, ForwardPass forward, String obstacle) {
    this.classes = classes;
    this.forward = forward;
    this.obstacle = obstacle;
  }

  /** Opens a classifier, differentiable if every operator on the way to the logits is. */
  static Classifier open(ModelCard card, PreparedModel model, Placement placement) {
    int classes = card.output().classes();
    ForwardPass forward = new ForwardPass(card, model, placement, shape -> new int[] {classes});
    return GradientObstacle.of(card, model)
        .<Classifier>map(obstacle -> new OnnxClassifier(classes, forward, obstacle))
        .orElseGet(() -> new OnnxDifferentiableClassifier(card, model, placement, forward));
  }

  @Override
  public Optional<String> gradientObstacle() {
    return Optional.of(obstacle);
  }

  @Override
  public int classes() {
    return classes;
  }

  @Override
  public boolean accepts(ImageShape shape) {
    return forward.accepts(shape);
  }

  @Override
  public Tensor logits(ImageBatch images) {
    return forward.run(images.pixels());
  }

  @Override
  public void close() {
    forward.close();
  }
}
