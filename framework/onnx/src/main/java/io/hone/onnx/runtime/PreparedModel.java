package io.hone.onnx.runtime;

import io.hone.api.model.ModelCard;
import io.hone.api.model.ModelCard.Layout;
import io.hone.api.model.ModelCard.OutputKind;
import io.hone.onnx.gradient.LogitsFinder;
import io.hone.onnx.gradient.LogitsSource;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.ModelWrapping;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.TensorInfo;
import io.hone.onnx.graph.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A model rewritten to speak Hone's language: images {@code [N, C, H, W]} in [0, 1] in, logits
 * {@code [N, K]} or images out. Layout, range, mean and standard deviation are nodes of the graph,
 * so gradients pass through them.
 *
 * @param graph with one output
 * @param images the input's name
 * @param result the output's name
 * @param fixedBatch how many images the graph insists on, if it does
 * @param fromProbabilities whether the logits are the logarithm of probabilities, because no
 *     softmax was found
 */
record PreparedModel(
    OnnxModel graph,
    String images,
    String result,
    OptionalInt fixedBatch,
    boolean fromProbabilities) {
  private static final long[] TO_NCHW = {0, 3, 1, 2};

  /** Rewrites a model as its card says. The ports were checked against the card. */
  static PreparedModel of(OnnxModel model, ModelCard card, CardCheck.Ports ports) {
    String images = ports.images().name();
    String output = ports.scores().name();
    OnnxModel source = model;
    boolean fromProbabilities = false;
    if (card.output().kind() == OutputKind.IMAGE) {
      if (card.input().layout() == Layout.NHWC) {
        source = channelsFirst(model, output);
        output = source.outputs().get(0).name();
      }
    } else {
      Optional<Node> softmax = lastSoftmax(model, output);
      if (softmax.isPresent()) {
        source = without(softmax.get(), model, output);
        output = source.outputs().get(0).name();
      } else {
        fromProbabilities = card.output().kind() == OutputKind.PROBABILITIES;
      }
    }
    ModelWrapping wrapping =
        ModelWrapping.of(source)
            .input(images)
            .range(card.input().range().low(), card.input().range().high())
            .normalize(floats(card.input().mean()), floats(card.input().std()));
    if (card.input().layout() == Layout.NHWC) {
      wrapping.channelsLast();
    }
    OnnxModel graph =
        (fromProbabilities ? wrapping.logarithmOf(output) : wrapping.output(output)).build();
    return new PreparedModel(
        graph,
        images,
        graph.outputs().get(0).name(),
        Axes.size(ports.images(), 0),
        fromProbabilities);
  }

  /** Returns the softmax that writes a classifier's output, if there is one. */
  static Optional<Node> lastSoftmax(OnnxModel model, String output) {
    LogitsSource source = LogitsFinder.find(model, output);
    return source.foundBeforeSoftmax()
        ? model.nodes().stream()
            .filter(node -> node.is("Softmax") || node.is("LogSoftmax"))
            .filter(node -> node.input(0).name().equals(source.value()))
            .findFirst()
        : Optional.empty();
  }

  /**
   * Takes a softmax out of the way to the output. What stands behind it stays: a squeeze there
   * gives the logits their two axes.
   */
  private static OnnxModel without(Node softmax, OnnxModel model, String output) {
    boolean last = softmax.output(0).name().equals(output);
    GraphEditor graph = GraphEditor.of(model);
    graph.rewire(Map.of(softmax.output(0).name(), softmax.input(0)));
    TensorInfo declared =
        model.outputs().stream().filter(o -> o.name().equals(output)).findFirst().orElseThrow();
    return withOutput(
        graph,
        model.name(),
        last ? softmax.input(0) : new Value(output),
        declared.shape().orElse(null));
  }

  private static OnnxModel channelsFirst(OnnxModel model, String output) {
    GraphEditor graph = GraphEditor.of(model);
    Value images = graph.node("Transpose", new Value(output)).with("perm", TO_NCHW).output();
    return withOutput(graph, model.name(), images, null);
  }

  private static OnnxModel withOutput(GraphEditor graph, String name, Value output, Shape shape) {
    graph.clearOutputs();
    graph.output(output, ElementType.FLOAT, shape);
    return graph.build(name);
  }

  private static float[] floats(List<Float> values) {
    float[] array = new float[values.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = values.get(i);
    }
    return array;
  }
}
