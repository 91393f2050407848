package io.hone.onnx.scores;

import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import java.util.Optional;

/** Finds what probabilities are the sigmoid of, in the forms that exporters write it in. */
final class Logits {
  private final ScoreGraph scores;
  private final GraphEditor graph;
  private final LogProbabilities logarithms;

  /**
   * Prepares to follow values back.
   *
   * @param logarithms writes the logarithms of which some logits are differences
   */
  Logits(ScoreGraph scores, LogProbabilities logarithms) {
    this.scores = scores;
    this.graph = scores.editor();
    this.logarithms = logarithms;
  }

  /** Returns what a value is the sigmoid of, where that is found. */
  Optional<Value> of(Value value, int depth) {
    if (depth > LogProbabilities.DEPTH) {
      return Optional.empty();
    }
    return scores.producer(value).flatMap(node -> of(node, value, depth));
  }

  private Optional<Value> of(Node node, Value value, int depth) {
    int next = depth + 1;
    if (scores.moves(node)) {
      return of(node.input(0), next).map(found -> scores.moved(node, found, value));
    }
    return switch (node.operator()) {
      case "Sigmoid" -> Optional.of(node.input(0));
      case "Sub" ->
          scores.isNumber(node.input(0), 1)
              ? of(node.input(1), next).map(found -> graph.op("Neg", found))
              : Optional.empty();
      case "Clip" -> scores.isWide(node) ? of(node.input(0), next) : Optional.empty();
      case "Mul" ->
          scores
              .other(node, 1)
              .flatMap(factor -> of(factor, next))
              .or(() -> scores.other(node, 0.5f).flatMap(sum -> tangent(sum, 1, 1)));
      case "Add" -> tangent(value, 0.5f, 0.5f);
      case "Div" -> quotient(node, next);
      case "Reciprocal" ->
          scores
              .producer(node.input(0), "Add")
              .flatMap(sum -> scores.other(sum, 1))
              .map(power -> graph.op("Neg", logarithms.logarithm(power, next)));
      case "Softmax" -> twoClasses(node);
      default -> Optional.empty();
    };
  }

  /** A number divided by itself and something else, or by 2 behind a tangent. */
  private Optional<Value> quotient(Node node, int depth) {
    if (scores.isNumber(node.input(1), 1)) {
      return of(node.input(0), depth);
    }
    if (scores.isNumber(node.input(1), 2)) {
      return tangent(node.input(0), 1, 1);
    }
    return scores
        .producer(node.input(1), "Add")
        .flatMap(
            sum -> {
              if (scores.same(node.input(0), sum.input(0))) {
                return Optional.of(sum.input(1));
              }
              return scores.same(node.input(0), sum.input(1))
                  ? Optional.of(sum.input(0))
                  : Optional.<Value>empty();
            })
        .map(
            rest ->
                graph.op(
                    "Sub",
                    logarithms.logarithm(node.input(0), depth),
                    logarithms.logarithm(rest, depth)));
  }

  /** {@code factor * tanh(h) + shift} is the sigmoid of 2h, where both are 0.5 or are halved. */
  private Optional<Value> tangent(Value value, float factor, float shift) {
    return scores
        .producer(value, "Add")
        .flatMap(sum -> scores.other(sum, shift))
        .flatMap(
            term ->
                factor == 1
                    ? Optional.of(term)
                    : scores
                        .producer(term, "Mul")
                        .flatMap(product -> scores.other(product, factor)))
        .flatMap(term -> scores.producer(term, "Tanh"))
        .map(tangent -> graph.op("Mul", tangent.input(0), graph.scalar(2)));
  }

  /** Each of two classes is the sigmoid of its lead over the other. */
  private Optional<Value> twoClasses(Node softmax) {
    Optional<Shape> shape = scores.shape(softmax.input(0));
    if (shape.isEmpty()) {
      return Optional.empty();
    }
    long axis = ScoreGraph.axis(softmax.integer("axis", -1), shape.get().rank());
    if (axis < 0 || axis >= shape.get().rank() || shape.get().axis((int) axis).size() != 2) {
      return Optional.empty();
    }
    Value lead = scores.logSoftmax(softmax, softmax.input(0));
    Value rest = scores.logSoftmax(softmax, graph.op("Neg", softmax.input(0)));
    return Optional.of(graph.op("Sub", lead, rest));
  }
}
