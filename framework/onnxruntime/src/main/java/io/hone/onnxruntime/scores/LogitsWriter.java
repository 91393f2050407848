package io.hone.onnxruntime.scores;

import io.hone.onnx.gradient.LogitsFinder;
import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.OnnxFormatException;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Value;
import io.hone.onnx.opset.OpsetException;
import io.hone.onnx.opset.OpsetRaiser;
import io.hone.onnx.scores.LogProbabilities;
import io.hone.onnx.simplify.ConstantFolding;
import io.hone.onnxruntime.card.ScoreForm;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Gives a classifier's graph logits {@code [N, K]} as its only output, whatever it ends in.
 *
 * @param model in canonical form
 * @param output that holds the scores
 * @param form how it holds them
 * @param classes number of classes
 */
public record LogitsWriter(OnnxModel model, String output, ScoreForm form, int classes) {
  /** Returns the softmax over all classes, or the sigmoid of one number, that the model ends in. */
  Optional<Node> activation() {
    return isBinary()
        ? LogitsFinder.ending(model, output, Set.of("Sigmoid"))
        : LogitsFinder.softmaxOverClasses(model, output);
  }

  /**
   * Returns whether the scores were found to be computed by a sigmoid, a softmax or exponentials.
   */
  boolean hasParts(ScoreMeaning meaning) {
    return ofParts(meaning).isPresent();
  }

  /** Returns the model with logits as its output. */
  public OnnxModel write(LogitsForm wanted) {
    return switch (wanted.source()) {
      case OUTPUT -> ofOutput(wanted.meaning());
      case BEFORE_ACTIVATION -> beforeActivation();
      case PARTS -> ofParts(wanted.meaning()).orElseThrow();
      case VALUES -> ofValues();
    };
  }

  private OnnxModel ofOutput(ScoreMeaning meaning) {
    GraphEditor graph = GraphEditor.of(model);
    Value rows = rows(graph, new Value(output));
    if (meaning == ScoreMeaning.NEGATIVE_LOG_PROBABILITIES) {
      rows = graph.op("Neg", rows);
    }
    return withOutput(graph, isBinary() ? besideZero(graph, rows) : rows);
  }

  /** What comes after the activation stays: a squeeze there gives the logits their two axes. */
  private OnnxModel beforeActivation() {
    Node activation = activation().orElseThrow();
    GraphEditor graph = GraphEditor.of(model);
    Value scores = new Value(output);
    Value written = activation.output(0);
    Value before = activation.input(0);
    graph.rewire(Map.of(written.name(), before));
    Value rows = rows(graph, written.equals(scores) ? before : scores);
    return withOutput(graph, isBinary() ? besideZero(graph, rows) : rows);
  }

  private OnnxModel ofValues() {
    GraphEditor graph = GraphEditor.of(model);
    Value rows = rows(graph, new Value(output));
    Value logarithm = LogProbabilities.ofValues(graph, rows);
    return withOutput(
        graph,
        isBinary()
            ? columns(graph, LogProbabilities.ofRestOfValues(graph, rows), logarithm)
            : logarithm);
  }

  private Optional<OnnxModel> ofParts(ScoreMeaning meaning) {
    OnnxModel raised;
    try {
      raised = ConstantFolding.fold(OpsetRaiser.raise(model));
    } catch (OpsetException | OnnxFormatException unreadable) {
      return Optional.empty();
    }
    GraphEditor graph = GraphEditor.of(raised);
    LogProbabilities parts = new LogProbabilities(graph, raised);
    Value scores = new Value(output);
    Optional<Value> rows;
    if (isBinary()) {
      rows =
          parts
              .logit(scores)
              .map(logit -> besideZero(graph, rows(graph, logit)))
              .or(
                  () ->
                      Optional.of(
                          columns(
                              graph,
                              rows(graph, parts.logarithmOfRest(scores)),
                              rows(graph, parts.logarithm(scores)))));
    } else if (meaning == ScoreMeaning.LOG_PROBABILITIES) {
      rows = parts.ofLogarithms(scores).map(logarithm -> rows(graph, logarithm));
    } else if (meaning == ScoreMeaning.NEGATIVE_LOG_PROBABILITIES) {
      rows = parts.ofNegativeLogarithms(scores).map(logarithm -> rows(graph, logarithm));
    } else {
      rows = Optional.of(rows(graph, parts.logarithm(scores)));
    }
    return rows.filter(found -> parts.isStructural()).map(found -> withOutput(graph, found));
  }

  private boolean isBinary() {
    return form == ScoreForm.BINARY;
  }

  private Value rows(GraphEditor graph, Value scores) {
    return form.rows(graph, scores, classes);
  }

  /** {@code softmax(0, z) = (1 - sigmoid(z), sigmoid(z))}. */
  private static Value besideZero(GraphEditor graph, Value column) {
    return graph.op("Mul", column, graph.constant(ConstantTensor.floats(new float[] {0, 1}, 2)));
  }

  private static Value columns(GraphEditor graph, Value first, Value second) {
    return graph.node("Concat", first, second).with("axis", 1).output();
  }

  /** Declares no shape: one that a file declares may be wrong, and none is needed. */
  private OnnxModel withOutput(GraphEditor graph, Value rows) {
    graph.clearOutputs();
    graph.output(rows, ElementType.FLOAT, null);
    return graph.build(model.name());
  }
}
