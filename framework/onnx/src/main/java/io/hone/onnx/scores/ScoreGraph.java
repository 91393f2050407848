package io.hone.onnx.scores;

import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import io.hone.onnx.operator.OperatorTrait;
import io.hone.onnx.shape.Shapes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A graph as scores are followed back through it: what writes a value, which numbers are known, and
 * copies of what only moves values.
 */
final class ScoreGraph {
  /** Bounds this near to 0 and 1 keep logarithms finite, and change no class. */
  private static final float NEAR = 1e-4f;

  private final GraphEditor graph;
  private final Shapes shapes;
  private final Map<String, Node> producers = new HashMap<>();

  ScoreGraph(GraphEditor graph, OnnxModel model) {
    this.graph = graph;
    this.shapes = Shapes.of(model);
    for (Node node : graph.nodes()) {
      node.writes().forEach(name -> producers.put(name, node));
    }
  }

  GraphEditor editor() {
    return graph;
  }

  Optional<Shape> shape(Value value) {
    return shapes.of(value);
  }

  /** Returns the node of ONNX's own domain that writes a value. */
  Optional<Node> producer(Value value) {
    return Optional.ofNullable(producers.get(value.name())).filter(node -> node.domain().isEmpty());
  }

  /** Returns the node that writes a value, if it is of this operator. */
  Optional<Node> producer(Value value, String operator) {
    return producer(value).filter(node -> node.is(operator));
  }

  /** Returns whether a node only moves the values of its first input. */
  boolean moves(Node node) {
    if (node.is("Cast")) {
      return ElementType.of((int) node.integer("to", 0)).isFloating();
    }
    if (node.is("Dropout")) {
      return node.input(2).isAbsent();
    }
    return OperatorTrait.MOVES.isOf(node);
  }

  /** Returns what a node that moves values makes of others. */
  Value moved(Node node, Value input, Value written) {
    List<Value> inputs = new ArrayList<>(node.inputs());
    inputs.set(0, input);
    int index = node.outputs().indexOf(written);
    List<Value> outputs = new ArrayList<>();
    for (int output = 0; output < node.outputs().size(); output++) {
      outputs.add(new Value(graph.freshName(node.operator())));
    }
    graph.add(node.withInputs(inputs).withOutputs(outputs));
    return outputs.get(index);
  }

  /**
   * Bounds next to 0 and 1 only guard a logarithm or a comparison: they are left out, because a
   * probability that reaches them would have no slope.
   */
  boolean isWide(Node clip) {
    boolean low =
        clip.input(1).isAbsent()
            || number(clip.input(1)).filter(bound -> bound <= NEAR).isPresent();
    boolean high =
        clip.input(2).isAbsent()
            || number(clip.input(2)).filter(bound -> bound >= 1 - NEAR).isPresent();
    return low && high;
  }

  /** Returns the other one of two inputs where one is a given number. */
  Optional<Value> other(Node node, float number) {
    if (node.inputs().size() != 2) {
      return Optional.empty();
    }
    if (isNumber(node.input(0), number)) {
      return Optional.of(node.input(1));
    }
    return isNumber(node.input(1), number) ? Optional.of(node.input(0)) : Optional.empty();
  }

  /** Returns whether two values are one, or the same number. */
  boolean same(Value one, Value other) {
    return one.equals(other)
        || number(one).flatMap(known -> number(other).filter(known::equals)).isPresent();
  }

  boolean isNumber(Value value, float number) {
    return number(value).filter(known -> known == number).isPresent();
  }

  /** Returns the number that all elements of a constant are. */
  Optional<Float> number(Value value) {
    ConstantTensor constant = value.isAbsent() ? null : graph.constantOf(value);
    if (constant == null || constant.type() != ElementType.FLOAT) {
      return Optional.empty();
    }
    float[] content = constant.toFloats();
    for (float element : content) {
      if (element != content[0]) {
        return Optional.empty();
      }
    }
    return content.length == 0 ? Optional.empty() : Optional.of(content[0]);
  }

  static long axis(long written, int rank) {
    return written < 0 ? written + rank : written;
  }

  /** Writes the logarithm of what a softmax makes of scores. */
  Value logSoftmax(Node softmax, Value scores) {
    return graph.node("LogSoftmax", scores).with("axis", softmax.integer("axis", -1)).output();
  }
}
