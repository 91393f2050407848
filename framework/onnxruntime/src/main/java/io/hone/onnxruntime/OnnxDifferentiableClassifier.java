package io.hone.onnxruntime;

import io.hone.api.activation.ActivationReader;
import io.hone.api.activation.NeuronLayer;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.DifferentiableClassifier;
import io.hone.api.model.Loss;
import io.hone.api.model.LossGradient;
import io.hone.api.model.ModelCard;
import io.hone.onnx.gradient.AttackLoss;
import io.hone.onnxruntime.session.Feed;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A classifier whose graph Hone can differentiate. The graph of a loss is built when that loss is
 * first asked for.
 */
final class OnnxDifferentiableClassifier implements DifferentiableClassifier {
  private final ModelCard card;
  private final PreparedModel model;
  private final Placement placement;
  private final ForwardPass forward;
  private final Map<AttackLoss, GradientPass> passes = new HashMap<>();
  private boolean closed;

  /** Takes over a loaded forward pass. */
  OnnxDifferentiableClassifier(
      ModelCard card, PreparedModel model, Placement placement, ForwardPass forward) {
    this.card = card;
    this.model = model;
    this.placement = placement;
    this.forward = forward;
  }

  @Override
  public int classes() {
    return card.output().classes();
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
    return new ModelActivations(card, model, placement).layers(shape);
  }

  @Override
  public ActivationReader openActivations(List<NeuronLayer> layers) {
    return new ModelActivations(card, model, placement).open(layers);
  }

  @Override
  public void setUp(Loss loss) {
    pass(AttackLosses.of(loss));
  }

  @Override
  public void setUpVjp() {
    pass(AttackLoss.cotangent());
  }

  @Override
  public LossGradient lossGradient(ImageBatch images, Loss loss, int[] classes) {
    ImageShape shape = forward.checked(images.pixels());
    requireRows(classes.length, images);
    for (int wanted : classes) {
      if (wanted < 0 || wanted >= classes()) {
        throw new IllegalArgumentException(
            "there is no class " + wanted + " among the model's " + classes());
      }
    }
    int rows = images.size();
    GradientPass pass = pass(AttackLosses.of(loss));
    Tensor losses = Tensor.zeros(rows);
    Tensor logits = forward.results(rows, shape);
    Tensor gradient = Tensor.images(rows, shape);
    pass.session()
        .run(
            shape,
            rows,
            new Feed(
                Map.of(pass.graph().image(), images.pixels()),
                Map.of(pass.graph().lossInput(), classes)),
            Map.of(
                pass.graph().loss(), losses,
                pass.graph().logits(), logits,
                pass.graph().gradient(), gradient));
    float[] values = new float[rows];
    losses.buffer().get(values);
    return new LossGradient(values, logits, gradient);
  }

  @Override
  public Tensor vjp(ImageBatch images, Tensor cotangent) {
    ImageShape shape = forward.checked(images.pixels());
    requireRows(cotangent.rows(), images);
    if (cotangent.rank() != 2 || cotangent.rowSize() != classes()) {
      throw new IllegalArgumentException(
          "a cotangent of [N, " + classes() + "] is needed, not " + cotangent);
    }
    GradientPass pass = pass(AttackLoss.cotangent());
    Tensor gradient = Tensor.images(images.size(), shape);
    pass.session()
        .run(
            shape,
            images.size(),
            Feed.of(
                Map.of(pass.graph().image(), images.pixels(), pass.graph().lossInput(), cotangent)),
            Map.of(pass.graph().gradient(), gradient));
    return gradient;
  }

  private static void requireRows(int given, ImageBatch images) {
    if (given != images.size()) {
      throw new IllegalArgumentException(given + " rows for " + images.size() + " images");
    }
  }

  /** Returns the pass of a loss. Whoever asks while it is being built waits for it. */
  private synchronized GradientPass pass(AttackLoss loss) {
    if (closed) {
      throw new IllegalStateException("model '" + card.name() + "' is closed");
    }
    return passes.computeIfAbsent(
        loss, wanted -> GradientPass.open(card, model, placement, wanted));
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    // Nothing is added from here on, so closing needs no lock: it waits for runs, which need none.
    passes.values().forEach(GradientPass::close);
    forward.close();
  }
}
