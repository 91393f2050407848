package io.hone.onnx.opset;

import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.Value;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Writes an AveragePool whose windows have gaps, which came with opset 19, as a convolution with
 * ones over the number of pixels that each window reads.
 */
final class DilatedAveragePool {
  private static final List<String> GEOMETRY =
      List.of("kernel_shape", "strides", "dilations", "pads");

  private DilatedAveragePool() {}

  /** Returns a node that opset 18 has. */
  static Node lower(Node node, GraphEditor graph, int opset) {
    long[] dilations = node.integers("dilations").orElse(new long[0]);
    if (Arrays.stream(dilations).allMatch(dilation -> dilation == 1)) {
      return node.without("dilations");
    }
    if (node.integer("ceil_mode", 0) != 0) {
      throw new OpsetException(
          "the "
              + node.describe()
              + " of opset "
              + opset
              + " is dilated and rounds up (ceil_mode), which opset "
              + OpsetRaiser.OPSET
              + " has no form for; export the model without ceil_mode");
    }
    long[] window = node.integers("kernel_shape").orElse(new long[0]);
    Value image = node.input(0);
    Value space = graph.node("Shape", image).with("start", 2).output();
    Value single = join(graph, graph.list(-1, 1), space);
    Value sums = slide(node, graph, graph.op("Reshape", image, single));
    Value counts;
    if (node.integer("count_include_pad", 0) != 0) {
      counts = graph.scalar(LongStream.of(window).reduce(1, (a, b) -> a * b));
    } else {
      Value ones =
          graph
              .node("ConstantOfShape", join(graph, graph.list(1, 1), space))
              .with("value", ConstantTensor.floats(new float[] {1}, 1))
              .output();
      counts = slide(node, graph, ones);
    }
    Value means = graph.op("Div", sums, counts);
    Value images = graph.node("Shape", image).with("end", 2).output();
    Value windows = graph.node("Shape", sums).with("start", 2).output();
    return graph.node("Reshape", means, join(graph, images, windows)).into(node.outputs());
  }

  private static Value slide(Node node, GraphEditor graph, Value images) {
    long[] window = node.integers("kernel_shape").orElse(new long[0]);
    float[] ones = new float[(int) LongStream.of(window).reduce(1, (a, b) -> a * b)];
    Arrays.fill(ones, 1);
    long[] sizes = LongStream.concat(LongStream.of(1, 1), LongStream.of(window)).toArray();
    Value kernel = graph.constant("ones", ConstantTensor.floats(ones, sizes));
    GraphEditor.NodeWriter convolution = graph.node("Conv", images, kernel);
    for (String attribute : GEOMETRY) {
      node.integers(attribute).ifPresent(list -> convolution.with(attribute, list));
    }
    return convolution.with("auto_pad", node.text("auto_pad", "NOTSET")).output();
  }

  private static Value join(GraphEditor graph, Value left, Value right) {
    return graph.node("Concat", left, right).with("axis", 0).output();
  }
}
