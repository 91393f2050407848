package io.hone.onnx.runtime;

import io.hone.api.model.ModelCard;
import io.hone.api.model.ModelCard.Layout;
import io.hone.api.model.ModelCard.Order;
import io.hone.api.model.ModelCard.OutputKind;
import io.hone.onnx.gradient.LogitsFinder;
import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.ModelWrapping;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.TensorInfo;
import io.hone.onnx.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A model rewritten to speak Hone's language: images {@code [N, C, H, W]} in [0, 1] in, logits
 * {@code [N, K]} or images out. Layout, range, mean and standard deviation are nodes of the graph,
 * so gradients pass through them.
 *
 * @param graph with one output
 * @param images the input's name
 * @param result the output's name
 * @param fixedBatch how many images the graph insists on, if it does
 * @param opset the version of ONNX's own operator set that the file is written in
 * @param notices what a user should know of how the model was understood
 */
record PreparedModel(
    OnnxModel graph,
    String images,
    String result,
    OptionalInt fixedBatch,
    int opset,
    List<String> notices) {
  private static final long[] TO_NCHW = {0, 3, 1, 2};

  /** Copies the list. */
  PreparedModel {
    notices = List.copyOf(notices);
  }

  /** Returns the same model with another graph of the same input and output. */
  PreparedModel with(OnnxModel changed, OptionalInt batch) {
    return new PreparedModel(changed, images, result, batch, opset, notices);
  }

  /** Returns the same model with a further notice. */
  PreparedModel with(String notice) {
    List<String> more = new ArrayList<>(notices);
    more.add(notice);
    return new PreparedModel(graph, images, result, fixedBatch, opset, more);
  }

  /** Rewrites a model as its card says. The ports were checked against the card. */
  static PreparedModel of(OnnxFile file, ModelCard card, CardCheck.Ports ports) {
    OnnxModel model = file.model();
    String images = ports.images().name();
    List<String> notices = new ArrayList<>();
    OnnxModel source = ports.imageForm().fourAxes(model, images);
    boolean fromProbabilities = false;
    if (card.output().kind() == OutputKind.IMAGE) {
      source = imagesOut(source, card, ports);
    } else {
      boolean binary = ports.scoreForm() == ScoreForm.BINARY;
      Optional<Node> last =
          LogitsFinder.ending(
              source,
              ports.scores().name(),
              binary ? Set.of("Sigmoid") : Set.of("Softmax", "LogSoftmax"));
      fromProbabilities = last.isEmpty() && card.output().kind() == OutputKind.PROBABILITIES;
      source = scoresOut(source, card, ports, last, fromProbabilities);
      if (binary) {
        notices.add(
            "Model '"
                + card.name()
                + "' returns one number per image: it counts as two classes, with "
                + (fromProbabilities ? "1 minus it and itself" : "0 and its logit")
                + " as their scores.");
      }
      if (fromProbabilities) {
        notices.add(
            "Model '"
                + card.name()
                + "' returns probabilities and ends in no softmax: their logarithm stands for the"
                + " logits.");
      }
    }
    if (model.outputs().size() > 1) {
      notices.add(otherOutputs(model, card, ports.scores().name()));
    }
    String output = source.outputs().get(0).name();
    ModelWrapping wrapping =
        ModelWrapping.of(source)
            .input(images)
            .range(card.input().range().low(), card.input().range().high())
            .normalize(floats(card.input().mean()), floats(card.input().std()));
    if (card.input().layout() == Layout.NHWC) {
      wrapping.channelsLast();
    }
    if (card.input().order() == Order.BGR) {
      wrapping.channelsReversed();
    }
    OnnxModel graph =
        (fromProbabilities ? wrapping.logarithmOf(output) : wrapping.output(output)).build();
    return new PreparedModel(
        graph,
        images,
        graph.outputs().get(0).name(),
        ports.imageForm().fixedBatch(),
        file.opset(),
        notices);
  }

  /**
   * Takes the last activation out of the way to the output, and makes rows of what is left. What
   * stands behind the activation stays: a squeeze there gives the logits their two axes.
   */
  private static OnnxModel scoresOut(
      OnnxModel model,
      ModelCard card,
      CardCheck.Ports ports,
      Optional<Node> activation,
      boolean probabilities) {
    GraphEditor graph = GraphEditor.of(model);
    Value output = new Value(ports.scores().name());
    if (activation.isPresent()) {
      Value written = activation.get().output(0);
      Value before = activation.get().input(0);
      graph.rewire(Map.of(written.name(), before));
      output = written.equals(output) ? before : output;
    }
    Value rows = ports.scoreForm().rows(graph, output, card.output().classes());
    if (ports.scoreForm() == ScoreForm.BINARY) {
      rows = twoColumns(graph, rows, probabilities);
    }
    return withOutput(graph, model.name(), rows);
  }

  private static Value twoColumns(GraphEditor graph, Value column, boolean probabilities) {
    if (probabilities) {
      Value other = graph.op("Sub", graph.scalar(1), column);
      return graph.node("Concat", other, column).with("axis", 1).output();
    }
    // softmax(0, z) = (1 - sigmoid(z), sigmoid(z))
    return graph.op("Mul", column, graph.constant(ConstantTensor.floats(new float[] {0, 1}, 2)));
  }

  private static OnnxModel imagesOut(OnnxModel model, ModelCard card, CardCheck.Ports ports) {
    GraphEditor graph = GraphEditor.of(model);
    Value images = ports.imageForm().fourAxes(graph, new Value(ports.scores().name()));
    if (card.input().layout() == Layout.NHWC) {
      images = graph.node("Transpose", images).with("perm", TO_NCHW).output();
    }
    if (card.input().order() == Order.BGR) {
      images = ModelWrapping.reversed(graph, images);
    }
    return withOutput(graph, model.name(), images);
  }

  /** Declares no shape: one that a file declares may be wrong, and none is needed. */
  private static OnnxModel withOutput(GraphEditor graph, String name, Value output) {
    graph.clearOutputs();
    graph.output(output, ElementType.FLOAT, null);
    return graph.build(name);
  }

  private static String otherOutputs(OnnxModel model, ModelCard card, String used) {
    return "Model '"
        + card.name()
        + "' has "
        + model.outputs().size()
        + " outputs ("
        + model.outputs().stream().map(TensorInfo::name).collect(Collectors.joining(", "))
        + "); '"
        + used
        + "' is used.";
  }

  private static float[] floats(List<Float> values) {
    float[] array = new float[values.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = values.get(i);
    }
    return array;
  }
}
