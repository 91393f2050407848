package io.hone.onnxruntime;

import io.hone.api.activation.ActivationReader;
import io.hone.api.activation.NeuronLayer;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.Classifier;
import io.hone.api.model.ModelCard;
import java.util.List;
import java.util.Optional;

/** A classifier whose graph gives no gradients. */
final class OnnxClassifier implements Classifier {
  private final int classes;
  private final ForwardPass forward;
  private final ModelActivations activations;
  private final String obstacle;

  private OnnxClassifier(
      int classes, ForwardPass forward, ModelActivations activations, String obstacle) {
    this.classes = classes;
    this.forward = forward;
    this.activations = activations;
    this.obstacle = obstacle;
  }

  /** Takes over a loaded forward pass; differentiable if every operator to the logits is. */
  static Classifier of(
      ModelCard card, PreparedModel model, Placement placement, ForwardPass forward) {
    int classes = card.output().classes();
    ModelActivations activations = new ModelActivations(card, model, placement);
    try {
      return GradientObstacle.of(card, model)
          .<Classifier>map(obstacle -> new OnnxClassifier(classes, forward, activations, obstacle))
          .orElseGet(() -> new OnnxDifferentiableClassifier(card, model, placement, forward));
    } catch (RuntimeException | Error failure) {
      forward.close();
      throw failure;
    }
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
  public List<NeuronLayer> layers(ImageShape shape) {
    return activations.layers(shape);
  }

  @Override
  public ActivationReader openActivations(List<NeuronLayer> layers) {
    return activations.open(layers);
  }

  @Override
  public void close() {
    forward.close();
  }
}
