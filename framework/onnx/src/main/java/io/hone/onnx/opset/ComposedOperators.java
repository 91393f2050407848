package io.hone.onnx.opset;

import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.Value;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.LongStream;

/**
 * Operators that ONNX composes of simpler ones, written in those: some are newer than opset {@value
 * OpsetRaiser#OPSET}, and ONNX Runtime's kernels of the others round an image's last bit by its
 * place in the batch, which the simpler ones need not do.
 */
final class ComposedOperators {
  /** Writes a node of some opset in simpler ones, of which it returns the last. */
  @FunctionalInterface
  private interface Composition {
    Node write(Node node, GraphEditor graph, int opset);
  }

  private static final Map<String, Composition> COMPOSITIONS =
      Map.of(
          "Gelu",
          ComposedOperators::gelu,
          "GroupNormalization",
          ComposedOperators::groupNormalization,
          "InstanceNormalization",
          ComposedOperators::instanceNormalization,
          "LRN",
          ComposedOperators::localResponseNormalization,
          "MeanVarianceNormalization",
          ComposedOperators::meanVarianceNormalization,
          "RMSNormalization",
          ComposedOperators::rootMeanSquareNormalization,
          "Swish",
          ComposedOperators::swish);

  private ComposedOperators() {}

  static SortedSet<String> names() {
    return new TreeSet<>(COMPOSITIONS.keySet());
  }

  static boolean contain(Node node) {
    return node.domain().isEmpty() && COMPOSITIONS.containsKey(node.operator());
  }

  static Node decompose(Node node, GraphEditor graph, int opset) {
    return COMPOSITIONS.get(node.operator()).write(node, graph, opset);
  }

  private static Node gelu(Node node, GraphEditor graph, int opset) {
    Value x = node.input(0);
    Value half = graph.op("Mul", x, graph.scalar(0.5f));
    Value inner;
    if (node.text("approximate", "none").equals("tanh")) {
      Value cubic =
          graph.op("Mul", graph.op("Mul", x, x), graph.op("Mul", x, graph.scalar(0.044715f)));
      Value scaled =
          graph.op("Mul", graph.op("Add", x, cubic), graph.scalar((float) Math.sqrt(2 / Math.PI)));
      inner = graph.op("Tanh", scaled);
    } else {
      inner = graph.op("Erf", graph.op("Mul", x, graph.scalar((float) Math.sqrt(0.5))));
    }
    return graph.node("Mul", half, graph.op("Add", inner, graph.scalar(1))).into(node.outputs());
  }

  private static Node swish(Node node, GraphEditor graph, int opset) {
    Value x = node.input(0);
    float alpha = node.number("alpha", 1);
    Value scaled = alpha == 1 ? x : graph.op("Mul", x, graph.scalar(alpha));
    return graph.node("Mul", x, graph.op("Sigmoid", scaled)).into(node.outputs());
  }

  private static Node instanceNormalization(Node node, GraphEditor graph, int opset) {
    Value x = node.input(0);
    Value normal =
        normalized(
            graph,
            graph.op("Reshape", x, graph.list(0, 0, -1)),
            column(graph, node.input(1)),
            column(graph, node.input(2)),
            node.number("epsilon", 1e-5f));
    return likeInput(node, graph, normal);
  }

  /** One scale for each group until opset 20, one for each channel from 21 on. */
  private static Node groupNormalization(Node node, GraphEditor graph, int opset) {
    Value scale = node.input(1);
    Value shift = node.input(2);
    float epsilon = node.number("epsilon", 1e-5f);
    long groups = node.integer("num_groups", 1);
    Value rows = graph.op("Reshape", node.input(0), graph.list(0, groups, -1));
    if (opset < 21) {
      Value normal = normalized(graph, rows, column(graph, scale), column(graph, shift), epsilon);
      return likeInput(node, graph, normal);
    }
    Value normal = normalized(graph, rows, graph.scalar(1), Value.NONE, epsilon);
    Value sizes =
        graph
            .node("Concat", graph.list(0), graph.op("Shape", scale), graph.list(-1))
            .with("axis", 0)
            .output();
    Value channels = graph.op("Reshape", normal, sizes);
    Value scaled = graph.op("Mul", channels, column(graph, scale));
    return likeInput(node, graph, graph.op("Add", scaled, column(graph, shift)));
  }

  /** Numbers of each channel, as they are broadcast to {@code [N, channels, elements]}. */
  private static Value column(GraphEditor graph, Value perChannel) {
    return graph.op("Unsqueeze", perChannel, graph.list(1));
  }

  private static Node likeInput(Node node, GraphEditor graph, Value value) {
    return graph
        .node("Reshape", value, graph.op("Shape", node.input(0)))
        .into(List.of(node.output(0)));
  }

  /** Normalises each row {@code [N, C, elements]} to mean 0 and variance 1, then scales it. */
  private static Value normalized(
      GraphEditor graph, Value rows, Value scale, Value shift, float epsilon) {
    Value centred = graph.op("Sub", rows, graph.op("ReduceMean", rows, graph.list(2)));
    Value variance = graph.op("ReduceMean", graph.op("Mul", centred, centred), graph.list(2));
    Value deviation = graph.op("Sqrt", graph.op("Add", variance, graph.scalar(epsilon)));
    Value scaled = graph.op("Mul", centred, graph.op("Div", scale, deviation));
    return shift.isAbsent() ? scaled : graph.op("Add", scaled, shift);
  }

  private static Node meanVarianceNormalization(Node node, GraphEditor graph, int opset) {
    Value axes = graph.list(node.integers("axes").orElse(new long[] {0, 2, 3}));
    Value x = node.input(0);
    Value centred = graph.op("Sub", x, graph.op("ReduceMean", x, axes));
    Value variance = graph.op("ReduceMean", graph.op("Mul", centred, centred), axes);
    Value deviation = graph.op("Add", graph.op("Sqrt", variance), graph.scalar(1e-9f));
    return graph.node("Div", centred, deviation).into(node.outputs());
  }

  private static Node rootMeanSquareNormalization(Node node, GraphEditor graph, int opset) {
    Value x = node.input(0);
    long axis = node.integer("axis", -1);
    // How many axes there are is not known here: counted from the first one, they become one.
    Value rows = axis < 0 ? x : graph.node("Flatten", x).with("axis", axis).output();
    long[] axes = axis < 0 ? LongStream.rangeClosed(axis, -1).toArray() : new long[] {1};
    Value square = graph.op("ReduceMean", graph.op("Mul", rows, rows), graph.list(axes));
    Value epsilon = graph.scalar(node.number("epsilon", 1e-5f));
    Value root = graph.op("Sqrt", graph.op("Add", square, epsilon));
    Value normal = graph.op("Div", rows, root);
    Value shaped = axis < 0 ? normal : graph.op("Reshape", normal, graph.op("Shape", x));
    return graph.node("Mul", shaped, node.input(1)).into(node.outputs());
  }

  /**
   * Each element is divided by a power of the mean square of the channels around it: what a mean
   * pooling over the channels tells. Of an even number of channels one more is behind.
   */
  private static Node localResponseNormalization(Node node, GraphEditor graph, int opset) {
    Value x = node.input(0);
    long size = node.integer("size", 1);
    Value rows = graph.op("Reshape", x, graph.list(0, 0, -1));
    Value squares = graph.op("Unsqueeze", graph.op("Mul", rows, rows), graph.list(1));
    Value means =
        graph
            .node("AveragePool", squares)
            .with("kernel_shape", new long[] {size, 1})
            .with("pads", new long[] {(size - 1) / 2, 0, size / 2, 0})
            .with("count_include_pad", 1)
            .output();
    Value weighted = graph.op("Mul", means, graph.scalar(node.number("alpha", 1e-4f)));
    Value base = graph.op("Add", weighted, graph.scalar(node.number("bias", 1)));
    Value divisor = graph.op("Pow", base, graph.scalar(node.number("beta", 0.75f)));
    Value normal = graph.op("Div", rows, graph.op("Squeeze", divisor, graph.list(1)));
    return likeInput(node, graph, normal);
  }
}
