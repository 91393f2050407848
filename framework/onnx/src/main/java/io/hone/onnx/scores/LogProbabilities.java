package io.hone.onnx.scores;

import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import io.hone.onnx.operator.OperatorTrait;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/**
 * Writes logarithms of probabilities, and logits, from what a graph computes the probabilities of.
 *
 * <p>A float near 1 holds few digits of what is missing to 1, and a probability below 1e-38 is 0:
 * the logarithm of such a number has no slope. The logarithm of a sigmoid, of a softmax, or of an
 * exponential divided by a sum is written from their inputs instead, through whatever moves, joins,
 * scales or averages the probabilities behind them. Where that ends at an operator with no such
 * form, its values are taken as they are: a probability below the smallest normal float counts as
 * that float, and what is missing to 1 counts as {@code 2^-25} at least, half a step of floats
 * there. Both logarithms are finite, and their gradients 0.
 *
 * <p>Works on a model of opset 18 with its constants folded. Not safe for several threads.
 */
public final class LogProbabilities {
  private static final float HALF_STEP = 0x1p-25f;

  /** How far back an end is followed. */
  static final int DEPTH = 60;

  private final GraphEditor graph;
  private final ScoreGraph scores;
  private final Logits logits;
  private final Map<Value, Value> logarithms = new HashMap<>();
  private final Map<Value, Value> rests = new HashMap<>();
  private boolean structural;

  /**
   * Prepares to add nodes to a graph.
   *
   * @param graph starts from the model, and keeps its nodes
   */
  public LogProbabilities(GraphEditor graph, OnnxModel model) {
    this.graph = graph;
    this.scores = new ScoreGraph(graph, model);
    this.logits = new Logits(scores, this);
  }

  /** Writes the logarithm of values as they are, whatever they are computed of. */
  public static Value ofValues(GraphEditor graph, Value probabilities) {
    return graph.op("Log", graph.op("Max", probabilities, graph.scalar(Float.MIN_NORMAL)));
  }

  /** Writes the logarithm of 1 minus values as they are, whatever they are computed of. */
  public static Value ofRestOfValues(GraphEditor graph, Value probabilities) {
    Value missing = graph.op("Sub", graph.scalar(1), probabilities);
    return graph.op("Log", graph.op("Max", missing, graph.scalar(HALF_STEP)));
  }

  /**
   * Returns whether what was written so far was found to be computed by a sigmoid, a softmax or
   * exponentials.
   */
  public boolean isStructural() {
    return structural;
  }

  /** Returns the logarithm of a value, which holds probabilities. */
  public Value logarithm(Value probabilities) {
    return logarithm(probabilities, 0);
  }

  /** Returns the logarithm of 1 minus a value, which holds probabilities. */
  public Value logarithmOfRest(Value probabilities) {
    return rest(probabilities, 0);
  }

  /** Returns what a value is the sigmoid of, where that is found. */
  public Optional<Value> logit(Value probabilities) {
    Optional<Value> found = logits.of(probabilities, 0);
    structural |= found.isPresent();
    return found;
  }

  /**
   * Returns what a value that holds logarithms of probabilities is the logarithm of, written
   * safely.
   *
   * @return empty if the value does not end in a logarithm
   */
  public Optional<Value> ofLogarithms(Value logarithms) {
    return ofLogarithms(logarithms, false);
  }

  /** Returns the logarithms whose negatives are given, likewise. */
  public Optional<Value> ofNegativeLogarithms(Value negatives) {
    return ofLogarithms(negatives, true);
  }

  private Optional<Value> ofLogarithms(Value logarithms, boolean negative) {
    Node node = scores.producer(logarithms).orElse(null);
    if (node == null) {
      return Optional.empty();
    }
    if (node.is("Log") && !negative) {
      return Optional.of(logarithm(node.input(0)));
    }
    if (node.is("Neg")) {
      return ofLogarithms(node.input(0), !negative);
    }
    return OperatorTrait.MOVES.isOf(node)
        ? ofLogarithms(node.input(0), negative).map(moved -> scores.moved(node, moved, logarithms))
        : Optional.empty();
  }

  Value logarithm(Value value, int depth) {
    Value known = logarithms.get(value);
    if (known == null) {
      known = written(value, depth + 1).orElseGet(() -> ofValues(graph, value));
      logarithms.put(value, known);
    }
    return known;
  }

  private Value rest(Value value, int depth) {
    Value known = rests.get(value);
    if (known == null) {
      known = writtenRest(value, depth + 1).orElseGet(() -> ofRestOfValues(graph, value));
      rests.put(value, known);
    }
    return known;
  }

  private Optional<Value> written(Value value, int depth) {
    Optional<Value> logit = logits.of(value, depth);
    if (logit.isPresent()) {
      structural = true;
      return Optional.of(logSigmoid(logit.get()));
    }
    Node node = scores.producer(value).orElse(null);
    if (node == null || depth > DEPTH) {
      return Optional.empty();
    }
    return switch (node.operator()) {
      case "Softmax" -> Optional.of(found(scores.logSoftmax(node, node.input(0))));
      case "Exp" -> Optional.of(found(node.input(0)));
      case "Mul" ->
          Optional.of(
              graph.op("Add", logarithm(node.input(0), depth), logarithm(node.input(1), depth)));
      case "Div" ->
          Optional.of(
              graph.op("Sub", logarithm(node.input(0), depth), logarithm(node.input(1), depth)));
      case "Reciprocal" -> Optional.of(graph.op("Neg", logarithm(node.input(0), depth)));
      case "Sqrt" ->
          Optional.of(graph.op("Mul", logarithm(node.input(0), depth), graph.scalar(0.5f)));
      case "Add", "Sum" -> Optional.of(softSum(node, input -> logarithm(input, depth)));
      case "Sub" ->
          scores.isNumber(node.input(0), 1)
              ? Optional.of(rest(node.input(1), depth))
              : Optional.empty();
      case "Clip" -> clipped(node, depth);
      default -> shared(node, value, input -> logarithm(input, depth));
    };
  }

  private Optional<Value> writtenRest(Value value, int depth) {
    Optional<Value> logit = logits.of(value, depth);
    if (logit.isPresent()) {
      structural = true;
      return Optional.of(logSigmoid(graph.op("Neg", logit.get())));
    }
    Node node = scores.producer(value).orElse(null);
    if (node == null || depth > DEPTH) {
      return Optional.empty();
    }
    if (node.is("Sub") && scores.isNumber(node.input(0), 1)) {
      return Optional.of(logarithm(node.input(1), depth));
    }
    if (node.is("Clip")) {
      return scores.isWide(node) ? Optional.of(rest(node.input(0), depth)) : Optional.empty();
    }
    // What is missing to 1 in a mean is the mean of what is missing.
    return shared(node, value, input -> rest(input, depth));
  }

  private Value found(Value logarithm) {
    structural = true;
    return logarithm;
  }

  /** Writes what is the same for probabilities and for what is missing to 1. */
  private Optional<Value> shared(Node node, Value value, UnaryOperator<Value> inner) {
    if (scores.moves(node)) {
      return Optional.of(scores.moved(node, inner.apply(node.input(0)), value));
    }
    return switch (node.operator()) {
      case "Concat" ->
          Optional.of(
              graph.copy(node.withInputs(node.inputs().stream().map(inner::apply).toList())));
      case "Mean" ->
          Optional.of(
              graph.op(
                  "Sub",
                  softSum(node, inner),
                  graph.scalar((float) Math.log(node.inputs().size()))));
      case "ReduceMean", "ReduceSum" -> reduced(node, value, inner);
      default -> Optional.empty();
    };
  }

  /** {@code log sigmoid(z) = -softplus(-z)}. */
  private Value logSigmoid(Value logit) {
    return graph.op("Neg", graph.op("Softplus", graph.op("Neg", logit)));
  }

  /** {@code log(exp(a) + exp(b) + ...)}, two at a time. */
  private Value softSum(Node node, UnaryOperator<Value> inner) {
    Value sum = inner.apply(node.input(0));
    for (Value input : node.inputs().subList(1, node.inputs().size())) {
      Value more = inner.apply(input);
      sum = graph.op("Add", more, graph.op("Softplus", graph.op("Sub", sum, more)));
    }
    return sum;
  }

  private Optional<Value> reduced(Node node, Value value, UnaryOperator<Value> inner) {
    boolean mean = node.is("ReduceMean");
    OptionalLong count = mean ? reducedSize(node) : OptionalLong.of(1);
    if (count.isEmpty()) {
      return Optional.empty();
    }
    List<Value> inputs = new ArrayList<>(node.inputs());
    inputs.set(0, inner.apply(node.input(0)));
    Value sum = graph.copy(node.withOperator("ReduceLogSumExp").withInputs(inputs));
    return Optional.of(
        mean ? graph.op("Sub", sum, graph.scalar((float) Math.log(count.getAsLong()))) : sum);
  }

  private OptionalLong reducedSize(Node node) {
    Optional<Shape> shape = scores.shape(node.input(0));
    ConstantTensor axes = graph.constantOf(node.input(1));
    if (shape.isEmpty() || axes == null) {
      return OptionalLong.empty();
    }
    long count = 1;
    for (long written : axes.toLongs()) {
      long axis = ScoreGraph.axis(written, shape.get().rank());
      if (axis < 0 || axis >= shape.get().rank() || shape.get().axis((int) axis).size() < 1) {
        return OptionalLong.empty();
      }
      count *= shape.get().axis((int) axis).size();
    }
    return OptionalLong.of(count);
  }

  private Optional<Value> clipped(Node node, int depth) {
    Value inner = logarithm(node.input(0), depth);
    if (scores.isWide(node)) {
      return Optional.of(inner);
    }
    Optional<Float> low = scores.number(node.input(1));
    Optional<Float> high = scores.number(node.input(2));
    boolean unknown =
        (low.isEmpty() && !node.input(1).isAbsent())
            || (high.isEmpty() && !node.input(2).isAbsent());
    if (unknown || high.filter(bound -> !(bound > 0)).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        graph.op(
            "Clip",
            inner,
            low.filter(bound -> bound > 0).map(this::logarithmOf).orElse(Value.NONE),
            high.map(this::logarithmOf).orElse(Value.NONE)));
  }

  private Value logarithmOf(float bound) {
    return graph.scalar((float) Math.log(bound));
  }
}
