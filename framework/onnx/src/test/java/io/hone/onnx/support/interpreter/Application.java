package io.hone.onnx.support.interpreter;

import io.hone.onnx.graph.Node;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One use of an operator, with what it reads.
 *
 * @param node with its attributes
 * @param opset that the node is written in
 * @param inputs null where one is left out
 */
record Application(Node node, int opset, List<DoubleTensor> inputs) {
  DoubleTensor input(int index) {
    return inputs.get(index);
  }

  boolean has(int index) {
    return index < inputs.size() && inputs.get(index) != null;
  }

  Optional<DoubleTensor> optional(int index) {
    return has(index) ? Optional.of(inputs.get(index)) : Optional.empty();
  }

  /** Returns a list of integers that was an attribute once and is an input now. */
  Optional<long[]> integers(String attribute, int index) {
    return optional(index).map(DoubleTensor::longs).or(() -> node.integers(attribute));
  }

  /** Returns a number that was an attribute once and is an input now. */
  double number(String attribute, int index, double missing) {
    return optional(index)
        .map(input -> input.content()[0])
        .orElseGet(() -> node.has(attribute) ? node.number(attribute, 0) : missing);
  }

  /** Returns axes counted from the front, sorted. */
  static int[] axes(long[] axes, int rank) {
    return Arrays.stream(axes)
        .mapToInt(axis -> (int) (axis < 0 ? axis + rank : axis))
        .sorted()
        .toArray();
  }

  /** Returns the axis attribute, counted from the front. */
  int axis(long missing, int rank) {
    long axis = node.integer("axis", missing);
    return (int) (axis < 0 ? axis + rank : axis);
  }
}
