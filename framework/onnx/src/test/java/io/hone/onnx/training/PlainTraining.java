package io.hone.onnx.training;

import io.hone.onnx.gradient.BackwardPass;
import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import io.hone.onnx.shape.Shapes;
import io.hone.onnx.simplify.Simplifier;
import io.hone.onnx.support.Array;
import io.hone.onnx.support.Evaluator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Trains a network by SGD with momentum: gradients from a graph, steps in Java. */
final class PlainTraining implements AutoCloseable {
  private final TrainedNetwork network;
  private final TrainingForm form;
  private final Evaluator runtime;
  private final Map<String, String> gradients = new LinkedHashMap<>();
  private final Map<String, float[]> weights = new LinkedHashMap<>();
  private final Map<String, float[]> velocities = new HashMap<>();
  private final Map<String, float[]> statistics = new LinkedHashMap<>();
  private final Map<String, long[]> shapes = new HashMap<>();
  private final Map<String, Double> counts = new HashMap<>();

  /**
   * Prepares a training.
   *
   * @param shown further values of the network to return
   */
  PlainTraining(TrainedNetwork network, List<String> shown) {
    this.network = network;
    TrainableWeights found = TrainableWeights.of(network.model(), "scores");
    for (Weight weight : found.weights()) {
      weights.put(weight.name(), found.content(weight.name()));
      shapes.put(weight.name(), weight.shape().sizes());
    }
    found.statistics().forEach(name -> statistics.put(name, found.content(name)));
    this.form = TrainingForm.of(found.open(), new TrainingForm.Choice(true, true));
    this.runtime = new Evaluator(graph(shown));
    countNumbers();
  }

  /** Finds how many numbers of a channel each normalisation sees. */
  private void countNumbers() {
    Shapes known = Shapes.of(network.model());
    for (Node node : network.model().nodes()) {
      if (node.is("BatchNormalization")) {
        Shape image = known.of(node.input(0)).orElseThrow();
        double plane = (double) image.axis(2).size() * image.axis(3).size();
        counts.put(node.input(3).name(), plane * network.images().shape()[0]);
      }
    }
  }

  private OnnxModel graph(List<String> shown) {
    Set<String> kept = new HashSet<>(shown);
    kept.add("scores");
    OnnxModel model = Simplifier.forDifferentiation(form.model(), kept);
    GraphEditor graph = GraphEditor.of(model);
    Value scores = new Value("scores");
    Value target =
        graph.input("target", ElementType.FLOAT, Shapes.of(model).of(scores).orElseThrow());
    Value answer =
        network.classifies()
            ? graph.node("Softmax", scores).with("axis", -1).output()
            : graph.op("Sigmoid", scores);
    long terms =
        network.classifies() ? network.target().shape()[0] : network.target().content().length;
    Value seed =
        graph.op(
            "Mul",
            graph.op("Sub", answer, target),
            graph.constant(ConstantTensor.scalar(1f / terms)));
    BackwardPass.Gradients written =
        BackwardPass.of(model, weights.keySet()).write(graph, Map.of("scores", seed));
    written
        .values()
        .forEach(
            (name, value) -> gradients.put(name, graph.output(name + "_gradient", value).name()));
    shown.forEach(name -> graph.output(new Value(name), ElementType.FLOAT, null));
    graph.prune();
    return Simplifier.forRuntimes(graph.build(network.name()));
  }

  /** Makes one step; returns everything that the graph returned. */
  Map<String, Array> step(float rate, float momentum) {
    Map<String, Array> feed = new HashMap<>();
    feed.put("image", network.images());
    feed.put("target", network.target());
    weights.forEach((name, content) -> feed.put(name, new Array(content, shapes.get(name))));
    Map<String, Array> result = runtime.run(feed);
    for (Map.Entry<String, float[]> weight : weights.entrySet()) {
      float[] gradient = result.get(gradients.get(weight.getKey())).content();
      float[] velocity =
          velocities.computeIfAbsent(weight.getKey(), name -> new float[gradient.length]);
      float[] content = weight.getValue();
      for (int i = 0; i < content.length; i++) {
        velocity[i] = momentum * velocity[i] + gradient[i];
        content[i] -= rate * velocity[i];
      }
    }
    form.statistics().forEach(own -> keep(own, result));
    return result;
  }

  /** PyTorch keeps nine tenths, and divides variances by the count less one. */
  private void keep(BatchStatistics own, Map<String, Array> result) {
    float[] mean = statistics.get(own.mean());
    float[] variance = statistics.get(own.variance());
    float[] batchMean = result.get(own.batchMean()).content();
    float[] batchVariance = result.get(own.batchVariance()).content();
    double count = counts.get(own.mean());
    for (int i = 0; i < mean.length; i++) {
      mean[i] += (1 - own.momentum()) * (batchMean[i] - mean[i]);
      variance[i] +=
          (float) ((1 - own.momentum()) * (batchVariance[i] * count / (count - 1) - variance[i]));
    }
  }

  /** Returns weights and running statistics as they are now. */
  Map<String, float[]> tensors() {
    Map<String, float[]> all = new LinkedHashMap<>(weights);
    all.putAll(statistics);
    return all;
  }

  @Override
  public void close() {
    runtime.close();
  }
}
