package io.hone.onnx.support.families;

import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Value;
import java.util.Arrays;
import java.util.List;

/** Writes operators in the form they have in the graph's opset, as exporters do. */
final class Forms {
  private final GraphEditor graph;

  Forms(GraphEditor graph) {
    this.graph = graph;
  }

  Value clip(Value x, float low, float high) {
    return graph.opset() < 11
        ? graph.node("Clip", x).with("min", low).with("max", high).output()
        : graph.op("Clip", x, graph.scalar(low), graph.scalar(high));
  }

  Value unsqueeze(Value x, long... axes) {
    return withAxes(13, graph.opset(), "Unsqueeze", x, axes).output();
  }

  Value squeeze(Value x, long... axes) {
    return withAxes(13, graph.opset(), "Squeeze", x, axes).output();
  }

  Value mean(Value x, boolean keep, long... axes) {
    return withAxes(18, graph.opset(), "ReduceMean", x, axes)
        .with("keepdims", keep ? 1 : 0)
        .output();
  }

  private GraphEditor.NodeWriter withAxes(
      int since, int opset, String operator, Value x, long... axes) {
    return opset < since
        ? graph.node(operator, x).with("axes", axes)
        : graph.node(operator, x, graph.list(axes));
  }

  Value slice(Value x, long axis, long start, long end) {
    return graph.opset() < 10
        ? graph
            .node("Slice", x)
            .with("axes", new long[] {axis})
            .with("starts", new long[] {start})
            .with("ends", new long[] {end})
            .output()
        : graph.op("Slice", x, graph.list(start), graph.list(end), graph.list(axis));
  }

  List<Value> split(Value x, long axis, long... parts) {
    GraphEditor.NodeWriter split =
        graph.opset() < 13
            ? graph.node("Split", x).with("split", parts)
            : graph.node("Split", x, graph.list(parts));
    return split.with("axis", axis).outputs(parts.length);
  }

  Value pad(Value x, long... pads) {
    return graph.opset() < 11
        ? graph.node("Pad", x).with("pads", pads).with("mode", "constant").output()
        : graph.node("Pad", x, graph.list(pads)).with("mode", "constant").output();
  }

  /** Over the last axis. */
  Value softmax(Value x) {
    return graph.node("Softmax", x).with("axis", -1).output();
  }

  /** An operator of its own since 20; written out with the error function before. */
  Value gelu(Value x) {
    if (graph.opset() >= 20) {
      return graph.op("Gelu", x);
    }
    Value bent = graph.op("Erf", graph.op("Div", x, graph.scalar((float) Math.sqrt(2))));
    Value twice = graph.op("Mul", x, graph.op("Add", bent, graph.scalar(1)));
    return graph.op("Mul", twice, graph.scalar(0.5f));
  }

  /** Over the last axis; an operator of its own since 17, written out before. */
  Value layerNormalization(Value x, Value scale, Value shift) {
    if (graph.opset() >= 17) {
      return graph
          .node("LayerNormalization", x, scale, shift)
          .with("axis", -1)
          .with("epsilon", 1e-6f)
          .output();
    }
    Value centred = graph.op("Sub", x, mean(x, true, -1));
    Value variance = mean(graph.op("Pow", centred, graph.scalar(2)), true, -1);
    Value deviation = graph.op("Sqrt", graph.op("Add", variance, graph.scalar(1e-6f)));
    Value normal = graph.op("Div", centred, deviation);
    return graph.op("Add", graph.op("Mul", normal, scale), shift);
  }

  /** An operator of its own since 14; a product with HardSigmoid before. */
  Value hardSwish(Value x) {
    return graph.opset() >= 14 ? graph.op("HardSwish", x) : graph.op("Mul", x, hardSigmoid(x));
  }

  Value hardSigmoid(Value x) {
    return graph.node("HardSigmoid", x).with("alpha", 1 / 6f).with("beta", 0.5f).output();
  }

  Value silu(Value x) {
    return graph.op("Mul", x, graph.op("Sigmoid", x));
  }

  Value dropout(Value x) {
    return graph.opset() < 12
        ? graph.node("Dropout", x).with("ratio", 0.5f).output()
        : graph.op("Dropout", x, graph.scalar(0.5f));
  }

  Value transpose(Value x, long... order) {
    return graph.node("Transpose", x).with("perm", order).output();
  }

  Value concat(long axis, Value... parts) {
    return graph.node("Concat", parts).with("axis", axis).output();
  }

  /** One entry of an axis, which disappears. */
  Value entry(Value x, long axis, long index) {
    Value place = graph.constant(ConstantTensor.longs(new long[] {index}));
    return graph.node("Gather", x, place).with("axis", axis).output();
  }

  /** Rolls an axis of the given size toward its front, as Slice and Concat. */
  Value roll(Value x, long axis, long by) {
    return concat(axis, slice(x, axis, by, Long.MAX_VALUE), slice(x, axis, 0, by));
  }

  static long[] pair(long size) {
    return new long[] {size, size};
  }

  static long[] around(long pad) {
    long[] pads = new long[4];
    Arrays.fill(pads, pad);
    return pads;
  }
}
