package io.hone.onnxruntime;

import io.hone.api.model.ModelCard;
import io.hone.api.model.ModelCard.Layout;
import io.hone.api.model.ModelCard.Order;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.ModelWrapping;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.TensorInfo;
import io.hone.onnx.graph.Value;
import io.hone.onnxruntime.card.CardCheck;
import io.hone.onnxruntime.card.OnnxFile;
import io.hone.onnxruntime.card.ScoreForm;
import io.hone.onnxruntime.scores.LogitsForm;
import io.hone.onnxruntime.scores.LogitsWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
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

  /** Rewrites an image-to-image model as its card says. The ports were checked against the card. */
  static PreparedModel ofTransformer(OnnxFile file, ModelCard card, CardCheck.Ports ports) {
    OnnxModel source = ports.imageForm().fourAxes(file.model(), ports.images().name());
    return wrapped(imagesOut(source, card, ports), file, card, ports, List.of());
  }

  /** Rewrites a classifier as its card says. The ports were checked against the card. */
  static PreparedModel ofClassifier(
      OnnxFile file, ModelCard card, CardCheck.Ports ports, LogitsForm form) {
    List<String> notices = new ArrayList<>();
    boolean binary = ports.scoreForm() == ScoreForm.BINARY;
    if (binary) {
      notices.add(
          "Model '"
              + card.name()
              + "' returns one number per image: it counts as two classes, with "
              + (form.isLogarithm() ? "1 minus it and itself" : "0 and its logit")
              + " as their scores.");
    }
    if (form.isLogarithm()) {
      notices.add(
          "Model '"
              + card.name()
              + "' returns probabilities and does not end in a plain "
              + (binary ? "sigmoid" : "softmax")
              + ": their logarithm "
              + (form.source() == LogitsForm.Source.PARTS
                  ? "is computed from what they are made of, and "
                  : "")
              + "stands for the logits.");
    }
    return wrapped(scores(file, card, ports).write(form), file, card, ports, notices);
  }

  /** Returns what makes logits of a classifier's output. */
  static LogitsWriter scores(OnnxFile file, ModelCard card, CardCheck.Ports ports) {
    return new LogitsWriter(
        ports.imageForm().fourAxes(file.model(), ports.images().name()),
        ports.scores().name(),
        ports.scoreForm(),
        card.output().classes());
  }

  private static PreparedModel wrapped(
      OnnxModel source,
      OnnxFile file,
      ModelCard card,
      CardCheck.Ports ports,
      List<String> notices) {
    List<String> told = new ArrayList<>(notices);
    if (file.model().outputs().size() > 1) {
      told.add(otherOutputs(file.model(), card, ports.scores().name()));
    }
    String images = ports.images().name();
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
    OnnxModel graph = wrapping.output(source.outputs().get(0).name()).build();
    return new PreparedModel(
        graph,
        images,
        graph.outputs().get(0).name(),
        ports.imageForm().fixedBatch(),
        file.opset(),
        told);
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
