package io.hone.onnx.folding;

import io.hone.onnx.graph.Node;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * What steers a node that moves elements: its attributes, the shapes of all inputs, and the content
 * of those that are parameters. Parameters that an older opset writes as attributes are read there.
 */
final class Arguments {
  private final Node node;
  private final IntFunction<long[]> shapes;
  private final IntFunction<Optional<Content>> contents;

  Arguments(Node node, IntFunction<long[]> shapes, IntFunction<Optional<Content>> contents) {
    this.node = node;
    this.shapes = shapes;
    this.contents = contents;
  }

  Node node() {
    return node;
  }

  /** Returns the sizes of an input. */
  long[] shape(int input) {
    return shapes.apply(input);
  }

  int rank(int input) {
    return shape(input).length;
  }

  /** Returns the content of an input that is given. */
  Content content(int input) {
    return contents
        .apply(input)
        .orElseThrow(() -> new IllegalArgumentException("the content of an input is not known"));
  }

  /** Returns a list that is in an input, or in an attribute in older opsets. */
  Optional<long[]> list(int input, String attribute) {
    return node.input(input).isAbsent()
        ? node.integers(attribute)
        : Optional.of(content(input).integers());
  }

  /** Returns the axes that a list names, counted from 0; empty where nothing names them. */
  Optional<int[]> axes(int input, String attribute, int rank) {
    return list(input, attribute)
        .map(list -> Arrays.stream(list).mapToInt(axis -> counted(axis, rank)).toArray());
  }

  /** Returns an axis given as an attribute, counted from 0. */
  int axis(long missing, int rank) {
    return counted(node.integer("axis", missing), rank);
  }

  static int counted(long axis, int rank) {
    long counted = axis < 0 ? axis + rank : axis;
    if (counted < 0 || counted >= rank) {
      throw new IllegalArgumentException("there is no axis " + axis);
    }
    return (int) counted;
  }
}
