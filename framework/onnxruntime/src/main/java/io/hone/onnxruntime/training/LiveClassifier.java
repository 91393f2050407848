package io.hone.onnxruntime.training;

import ai.onnxruntime.OrtException;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.DifferentiableClassifier;
import io.hone.api.model.Loss;
import io.hone.api.model.LossGradient;
import io.hone.onnx.gradient.AttackLoss;
import io.hone.onnx.gradient.DifferentiatedModel;
import io.hone.onnx.gradient.GradientGraph;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnxruntime.AttackLosses;
import io.hone.onnxruntime.session.ExecutionTarget;
import io.hone.onnxruntime.session.Feed;
import java.util.HashMap;
import java.util.Map;

/**
 * A network in training as a classifier, in the form of inference. It has the weights of the moment
 * without a new session for each step.
 */
final class LiveClassifier implements DifferentiableClassifier {
  private final LearningNetwork network;
  private final OnnxModel opened;
  private final String image;
  private final String output;
  private final ImageShape shape;
  private final int classes;
  private final ExecutionTarget target;
  private final LiveNetwork forward;
  private final Map<AttackLoss, Pass> passes = new HashMap<>();

  private record Pass(DifferentiatedModel graph, LiveNetwork network) {}

  /**
   * Creates the classifier.
   *
   * @param opened whose weights and statistics are inputs
   * @param forward runs it
   */
  LiveClassifier(
      LearningNetwork network,
      OnnxModel opened,
      LearningGraph graph,
      ImageShape shape,
      int classes,
      LiveNetwork forward,
      ExecutionTarget target) {
    this.network = network;
    this.opened = opened;
    this.image = graph.image();
    this.output = graph.output();
    this.shape = shape;
    this.classes = classes;
    this.forward = forward;
    this.target = target;
  }

  @Override
  public int classes() {
    return classes;
  }

  @Override
  public boolean accepts(ImageShape wanted) {
    return wanted.equals(shape);
  }

  @Override
  public Tensor logits(ImageBatch images) {
    Tensor logits = Tensor.zeros(images.size(), classes);
    run(forward, images.size(), Feed.of(Map.of(image, images.pixels())), Map.of(output, logits));
    return logits;
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
  public LossGradient lossGradient(ImageBatch images, Loss loss, int[] wanted) {
    int rows = images.size();
    Pass pass = pass(AttackLosses.of(loss));
    Tensor losses = Tensor.zeros(rows);
    Tensor logits = Tensor.zeros(rows, classes);
    Tensor gradient = Tensor.images(rows, shape);
    run(
        pass.network(),
        rows,
        new Feed(
            Map.of(pass.graph().image(), images.pixels()),
            Map.of(pass.graph().lossInput(), wanted)),
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
    Pass pass = pass(AttackLoss.cotangent());
    Tensor gradient = Tensor.images(images.size(), shape);
    run(
        pass.network(),
        images.size(),
        Feed.of(Map.of(pass.graph().image(), images.pixels(), pass.graph().lossInput(), cotangent)),
        Map.of(pass.graph().gradient(), gradient));
    return gradient;
  }

  private synchronized Pass pass(AttackLoss loss) {
    return passes.computeIfAbsent(loss, this::open);
  }

  private Pass open(AttackLoss loss) {
    DifferentiatedModel graph =
        GradientGraph.of(opened).input(image).logits(output).loss(loss).build();
    try {
      return new Pass(graph, new LiveNetwork(network, graph.model(), target));
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime refuses the gradient graph", e);
    }
  }

  private static void run(LiveNetwork live, int rows, Feed feed, Map<String, Tensor> outputs) {
    try {
      live.run(rows, feed, outputs);
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime failed on the network in training", e);
    }
  }

  @Override
  public void close() {
    passes.values().forEach(pass -> pass.network().close());
  }
}
