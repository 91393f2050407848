package io.hone.onnx.runtime;

import io.hone.api.data.ImageBatch;
import io.hone.api.model.Classifier;
import io.hone.api.model.ModelCard;
import io.hone.api.tensor.ImageShape;
import io.hone.api.tensor.Tensor;
import io.hone.onnx.gradient.Coverage;
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

  /** Opens a classifier, differentiable where every operator on the way to the logits is. */
  static Classifier open(ModelCard card, PreparedModel model, ExecutionTarget target) {
    int classes = card.output().classes();
    ForwardPass forward = new ForwardPass(card, model, target, shape -> new int[] {classes});
    Coverage coverage;
    try {
      coverage = Coverage.of(model.graph(), model.images(), model.result());
    } catch (UnsupportedOperationException absent) {
      return new OnnxClassifier(classes, forward, card.file() + ": gives no gradients");
    }
    return coverage.isDifferentiable()
        ? new OnnxDifferentiableClassifier(card, model, target, forward)
        : new OnnxClassifier(classes, forward, obstacle(card, coverage));
  }

  private static String obstacle(ModelCard card, Coverage coverage) {
    StringBuilder text = new StringBuilder(card.file().toString());
    text.append(": the model gives no gradients, because Hone cannot differentiate");
    String separator = " ";
    for (Coverage.Entry entry : coverage.operators()) {
      if (entry.blocks()) {
        text.append(separator)
            .append(entry.operator())
            .append(" (node ")
            .append(String.join(", ", entry.nodes()))
            .append(')');
        separator = ", ";
      }
    }
    return text.append(
            "; use attacks that need labels or scores only ('hone list attacks' tells), or export"
                + " the model without that operator")
        .toString();
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
