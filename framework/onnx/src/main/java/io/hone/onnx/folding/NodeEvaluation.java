package io.hone.onnx.folding;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.OnnxFormatException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Computes what a node writes, where all that it reads is known. Only what every runtime computes
 * to the same bits is computed: integers, comparisons, and of float arithmetic what IEEE 754 rounds
 * exactly. Forms of all opsets from 7 on are read.
 */
public final class NodeEvaluation {
  private static final Map<String, Function<Operands, Content>> COMPUTING = computing();

  private NodeEvaluation() {}

  private static Map<String, Function<Operands, Content>> computing() {
    Map<String, Function<Operands, Content>> computing = new HashMap<>();
    Elementwise.addTo(computing);
    Reductions.addTo(computing);
    Generators.addTo(computing);
    return Map.copyOf(computing);
  }

  /** Returns whether nodes of this operator can be computed at all. */
  public static boolean covers(Node node) {
    return node.is("Constant")
        || node.is("TopK")
        || Arrangements.dataInputs(node).isPresent()
        || (node.domain().isEmpty() && COMPUTING.containsKey(node.operator()));
  }

  /**
   * Returns what a node writes, one entry per output.
   *
   * @param node to compute
   * @param inputs one entry per input; empty for those left out
   * @return empty where the operator is not covered, the result is larger than {@link
   *     Content#LIMIT}, or the node would fail, as by a division by 0
   */
  public static Optional<List<Content>> of(Node node, List<Optional<Content>> inputs) {
    try {
      if (node.is("Constant")) {
        return constant(node).map(List::of);
      }
      Optional<List<Integer>> data = Arrangements.dataInputs(node);
      if (data.isPresent()) {
        return Optional.of(arrange(node, inputs, data.get()));
      }
      Operands operands = new Operands(node, inputs);
      if (node.is("TopK")) {
        return Optional.of(Selection.topK(operands));
      }
      Function<Operands, Content> rule =
          node.domain().isEmpty() ? COMPUTING.get(node.operator()) : null;
      return Optional.ofNullable(rule).map(known -> List.of(known.apply(operands)));
    } catch (ArithmeticException
        | IndexOutOfBoundsException
        | NegativeArraySizeException
        | IllegalArgumentException
        | NoSuchElementException
        | OnnxFormatException broken) {
      // The node fails where it runs, or is none of those computed here.
      return Optional.empty();
    }
  }

  private static Optional<Content> constant(Node node) {
    if (node.has("value_float")) {
      return Optional.of(
          Content.numbers(ElementType.FLOAT, new long[0], node.number("value_float", 0)));
    }
    if (node.has("value_int")) {
      return Optional.of(
          Content.integers(ElementType.INT64, new long[0], node.integer("value_int", 0)));
    }
    if (node.has("value_ints")) {
      long[] list = node.integers("value_ints").orElseThrow();
      return Optional.of(Content.integers(ElementType.INT64, new long[] {list.length}, list));
    }
    if (node.has("value_floats")) {
      float[] list = node.numbers("value_floats").orElseThrow();
      double[] wide = IntStream.range(0, list.length).mapToDouble(i -> list[i]).toArray();
      return Optional.of(Content.numbers(ElementType.FLOAT, new long[] {list.length}, wide));
    }
    Optional<TensorProto> tensor = node.tensor("value");
    return tensor.map(ConstantTensor::of).flatMap(Content::of);
  }

  private static List<Content> arrange(
      Node node, List<Optional<Content>> inputs, List<Integer> data) {
    Operands operands = new Operands(node, inputs);
    Content[] sources =
        data.stream()
            .filter(index -> !node.input(index).isAbsent())
            .map(operands::input)
            .toArray(Content[]::new);
    List<Content> outputs = new ArrayList<>();
    for (Arrangement arrangement :
        Arrangements.of(node, index -> operands.input(index).sizes(), inputs::get)) {
      outputs.add(arrangement.apply(sources));
    }
    return outputs;
  }
}
