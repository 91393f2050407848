package io.hone.onnx.simplify;

import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.RowSum;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import io.hone.onnx.shape.EinsumEquation;
import io.hone.onnx.shape.Shapes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Writes what an Einsum sums over axes of one operand alone apart, so that its last bit does not
 * depend on where in the batch an image is; see {@link RowSum}.
 */
final class RowStableEinsum implements Pass {
  @Override
  public void apply(Uses uses, GraphEditor graph) {
    Shapes shapes = Shapes.of(uses.model());
    List<Node> nodes = graph.nodes();
    graph.setNodes(List.of());
    for (Node node : nodes) {
      graph.add(node.is("Einsum") ? stable(node, shapes, graph) : node);
    }
  }

  private static Node stable(Node node, Shapes shapes, GraphEditor graph) {
    List<Shape> known = new ArrayList<>();
    node.inputs().forEach(input -> shapes.of(input).ifPresent(known::add));
    if (known.size() < node.inputs().size()) {
      return node;
    }
    EinsumEquation equation = EinsumEquation.of(node, known.stream().map(Shape::rank).toList());
    List<Value> operands = new ArrayList<>();
    List<String> terms = new ArrayList<>();
    for (int i = 0; i < known.size(); i++) {
      String letters = equation.operands().get(i);
      String summed = summedAlone(equation, i);
      String left = distinct(letters, summed);
      Shape shape = known.get(i);
      long[] sizes = summed.chars().mapToLong(c -> shape.axis(letters.indexOf(c)).size()).toArray();
      boolean certain = Arrays.stream(sizes).allMatch(size -> size >= 0);
      if (sizes.length == 0 || !certain || left.isEmpty()) {
        operands.add(node.input(i));
        terms.add(letters);
        continue;
      }
      GraphEditor.NodeWriter sum = sum(graph, node.input(i), letters, left, summed, sizes);
      if (known.size() == 1 && left.equals(equation.result())) {
        return sum.into(node.outputs());
      }
      operands.add(sum.output());
      terms.add(left);
    }
    return operands.equals(node.inputs())
        ? node
        : graph
            .node("Einsum", operands.toArray(Value[]::new))
            .with("equation", String.join(",", terms) + "->" + equation.result())
            .into(node.outputs());
  }

  /** Moves the axes of the sum behind the others, and adds along them. */
  private static GraphEditor.NodeWriter sum(
      GraphEditor graph, Value operand, String letters, String left, String summed, long[] sizes) {
    String order = left + summed;
    Value moved =
        letters.equals(order)
            ? operand
            : graph.node("Einsum", operand).with("equation", letters + "->" + order).output();
    int first = left.length();
    Value sum = RowSum.of(graph, moved, order.length(), first, Shape.of(sizes).elements());
    return graph.node(
        "Squeeze", sum, graph.list(LongStream.range(first, order.length()).toArray()));
  }

  /** Returns the letters that neither the result nor another operand has. */
  private static String summedAlone(EinsumEquation equation, int operand) {
    List<String> others = new ArrayList<>(equation.operands());
    others.set(operand, equation.result());
    return distinct(equation.operands().get(operand), String.join("", others));
  }

  /** Returns each letter once, without those of another text. */
  private static String distinct(String letters, String without) {
    return letters
        .chars()
        .filter(letter -> without.indexOf(letter) < 0)
        .distinct()
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }
}
