package io.hone.onnx.support.interpreter;

import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Value;
import io.hone.onnx.support.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;

/** Small graphs of every operator that the interpreter has; images [2, 4, 6, 7]. */
final class InterpreterCases {
  /**
   * One graph.
   *
   * @param name of the operator and what is special
   * @param opset that it is written in
   * @param draw reads the image
   */
  record Case(String name, int opset, BiFunction<GraphEditor, Value, Value> draw) {
    @Override
    public String toString() {
      return name + " of opset " + opset;
    }
  }

  private final List<Case> cases = new ArrayList<>();

  private InterpreterCases() {}

  static List<Case> all() {
    InterpreterCases all = new InterpreterCases();
    all.elementwise();
    all.arithmetic();
    all.windows();
    all.products();
    all.normalizations();
    all.reductions();
    all.rearranging();
    all.selecting();
    all.resizing();
    all.shapes();
    return all.cases;
  }

  private void add(String name, int opset, BiFunction<GraphEditor, Value, Value> draw) {
    cases.add(new Case(name, opset, draw));
  }

  private static Value weights(GraphEditor g, long... shape) {
    Random random = new Random(shape.length);
    return g.constant(ConstantTensor.floats(Array.uniform(random, -1, 1, shape).content(), shape));
  }

  private static Value positive(GraphEditor g, long... shape) {
    return g.constant(
        ConstantTensor.floats(Array.uniform(new Random(1), 0.3f, 2, shape).content(), shape));
  }

  private static Value floats(GraphEditor g, float... list) {
    return g.constant(ConstantTensor.floats(list, list.length));
  }

  private void elementwise() {
    for (String operator :
        List.of(
            "Abs",
            "Ceil",
            "Dropout",
            "Elu",
            "Erf",
            "Exp",
            "Floor",
            "HardSigmoid",
            "HardSwish",
            "Identity",
            "LeakyRelu",
            "Mish",
            "Neg",
            "Relu",
            "Round",
            "Selu",
            "Sigmoid",
            "Sign",
            "Softplus",
            "Softsign",
            "Tanh",
            "ThresholdedRelu")) {
      add(operator, 18, (g, x) -> g.op(operator, g.op("Mul", x, g.scalar(3))));
    }
    for (String operator : List.of("Log", "Reciprocal", "Sqrt")) {
      add(operator, 17, (g, x) -> g.op(operator, g.op("Add", x, g.scalar(1.5f))));
    }
    for (String form : List.of("none", "tanh")) {
      add("Gelu " + form, 20, (g, x) -> g.node("Gelu", x).with("approximate", form).output());
    }
    add("Clip", 9, (g, x) -> g.node("Clip", x).with("min", -0.2f).with("max", 0.4f).output());
    add("Clip", 13, (g, x) -> g.op("Clip", x, g.scalar(-0.2f), g.scalar(0.4f)));
    add("Clip above", 13, (g, x) -> g.op("Clip", x, Value.NONE, g.scalar(0.4f)));
    add("Cast", 13, (g, x) -> cast(g, cast(g, g.op("Mul", x, g.scalar(5)), ElementType.INT64)));
    add("Not", 13, (g, x) -> cast(g, g.op("Not", g.op("Greater", x, g.scalar(0)))));
  }

  private static Value cast(GraphEditor g, Value value) {
    return cast(g, value, ElementType.FLOAT);
  }

  private static Value cast(GraphEditor g, Value value, ElementType type) {
    return g.node("Cast", value).with("to", type.code()).output();
  }

  private void arithmetic() {
    for (String operator : List.of("Add", "Sub", "Mul", "Max", "Min", "Div", "PRelu")) {
      add(operator, 13, (g, x) -> g.op(operator, x, weights(g, 4, 1, 7)));
    }
    for (String operator : List.of("Add", "Div", "Mul", "Pow")) {
      add(operator + " widened", 14, (g, x) -> g.op(operator, positive(g, 3, 1, 1, 6, 1), x));
    }
    add("Sum", 13, (g, x) -> g.op("Sum", x, weights(g, 7), weights(g, 4, 1, 1)));
    add("Pow", 13, (g, x) -> g.op("Pow", x, g.scalar(2)));
    add("Mod", 13, (g, x) -> g.node("Mod", x, positive(g, 7)).with("fmod", 1).output());
    for (String operator : List.of("Equal", "Greater", "GreaterOrEqual", "Less", "LessOrEqual")) {
      add(operator, 13, (g, x) -> cast(g, g.op(operator, g.op("Relu", x), g.scalar(0))));
    }
    for (String operator : List.of("And", "Or")) {
      add(
          operator,
          13,
          (g, x) ->
              cast(
                  g,
                  g.op(
                      operator,
                      g.op("Less", x, g.scalar(0.3f)),
                      g.op("Greater", x, weights(g, 6, 1)))));
    }
    add("Where", 13, (g, x) -> g.op("Where", g.op("Less", x, g.scalar(0)), weights(g, 4, 1, 1), x));
  }

  private void windows() {
    add("Conv", 11, (g, x) -> g.op("Conv", x, weights(g, 3, 4, 3, 2), weights(g, 3)));
    add(
        "Conv in groups",
        11,
        (g, x) ->
            g.node("Conv", x, weights(g, 6, 2, 3, 3))
                .with("group", 2)
                .with("pads", new long[] {0, 1, 2, 1})
                .with("strides", new long[] {2, 1})
                .output());
    add(
        "Conv dilated",
        11,
        (g, x) ->
            g.node("Conv", x, weights(g, 4, 1, 3, 3))
                .with("group", 4)
                .with("dilations", new long[] {2, 1})
                .with("pads", new long[] {2, 0, 2, 0})
                .output());
    for (String side : List.of("SAME_UPPER", "SAME_LOWER", "VALID")) {
      add(
          "Conv " + side,
          11,
          (g, x) ->
              g.node("Conv", x, weights(g, 2, 4, 3, 2))
                  .with("auto_pad", side)
                  .with("strides", new long[] {2, 2})
                  .output());
      add("MaxPool " + side, 12, (g, x) -> pool(g, "MaxPool", x).with("auto_pad", side).output());
    }
    for (String operator : List.of("MaxPool", "AveragePool")) {
      for (int ceil = 0; ceil < 2; ceil++) {
        long rounded = ceil;
        add(
            operator + " ceil_mode " + ceil,
            12,
            (g, x) -> pool(g, operator, x).with("ceil_mode", rounded).output());
        add(
            operator + " padded, ceil_mode " + ceil,
            12,
            (g, x) ->
                pool(g, operator, x)
                    .with("pads", new long[] {1, 0, 1, 1})
                    .with("ceil_mode", rounded)
                    .output());
      }
    }
    add(
        "AveragePool count_include_pad",
        11,
        (g, x) ->
            pool(g, "AveragePool", x)
                .with("pads", new long[] {1, 1, 0, 1})
                .with("count_include_pad", 1)
                .output());
    add("GlobalAveragePool", 11, (g, x) -> g.op("GlobalAveragePool", x));
    add("GlobalMaxPool", 11, (g, x) -> g.op("GlobalMaxPool", x));
  }

  private static GraphEditor.NodeWriter pool(GraphEditor g, String operator, Value x) {
    return g.node(operator, x)
        .with("kernel_shape", new long[] {3, 2})
        .with("strides", new long[] {2, 2});
  }

  private void products() {
    add("MatMul", 13, (g, x) -> g.op("MatMul", x, weights(g, 7, 3)));
    add("MatMul of stacks", 13, (g, x) -> g.op("MatMul", weights(g, 4, 5, 6), x));
    add("MatMul by a vector", 13, (g, x) -> g.op("MatMul", x, weights(g, 7)));
    add(
        "Gemm",
        13,
        (g, x) ->
            g.node("Gemm", g.op("Flatten", x), weights(g, 5, 168), weights(g, 5))
                .with("transB", 1)
                .with("alpha", 0.5f)
                .with("beta", 2f)
                .output());
    add(
        "Gemm turned",
        13,
        (g, x) -> g.node("Gemm", g.op("Flatten", x), weights(g, 2, 3)).with("transA", 1).output());
    for (String equation : List.of("bchw,dw->bhd", "bchw, bcdw -> bchd", "bchw,khd->bcwkd")) {
      long[] other =
          equation.contains("kh")
              ? new long[] {2, 6, 5}
              : equation.contains("bcd") ? new long[] {2, 4, 5, 7} : new long[] {5, 7};
      add(
          "Einsum " + equation,
          13,
          (g, x) -> g.node("Einsum", x, weights(g, other)).with("equation", equation).output());
    }
  }

  private void normalizations() {
    add(
        "BatchNormalization",
        9,
        (g, x) ->
            g.op(
                "BatchNormalization",
                x,
                weights(g, 4),
                weights(g, 4),
                weights(g, 4),
                positive(g, 4)));
    add(
        "InstanceNormalization",
        13,
        (g, x) -> g.op("InstanceNormalization", x, weights(g, 4), weights(g, 4)));
    add(
        "GroupNormalization",
        21,
        (g, x) ->
            g.node("GroupNormalization", x, weights(g, 4), weights(g, 4))
                .with("num_groups", 2)
                .output());
    add(
        "LayerNormalization",
        17,
        (g, x) -> g.op("LayerNormalization", x, weights(g, 7), weights(g, 7)));
    add(
        "LayerNormalization over two axes",
        17,
        (g, x) -> g.node("LayerNormalization", x, weights(g, 6, 7)).with("axis", -2).output());
    add(
        "LRN",
        13,
        (g, x) -> g.node("LRN", x).with("size", 3).with("alpha", 0.7f).with("bias", 1.5f).output());
    for (int opset : new int[] {11, 13}) {
      for (String operator : List.of("Softmax", "LogSoftmax")) {
        add(operator, opset, (g, x) -> g.op(operator, x));
        add(operator + " along 2", opset, (g, x) -> g.node(operator, x).with("axis", 2).output());
      }
    }
  }

  private void reductions() {
    for (String operator :
        List.of(
            "ReduceL1",
            "ReduceL2",
            "ReduceLogSumExp",
            "ReduceMax",
            "ReduceMean",
            "ReduceMin",
            "ReduceProd",
            "ReduceSum",
            "ReduceSumSquare")) {
      add(
          operator,
          11,
          (g, x) ->
              g.node(operator, x).with("axes", new long[] {-1, 1}).with("keepdims", 0).output());
      add(operator, 18, (g, x) -> g.op(operator, x, g.list(2, 3)));
      add(
          operator + " of all",
          18,
          (g, x) -> g.node(operator, g.op("Exp", x)).with("keepdims", 0).output());
    }
    add(
        "ReduceSum without axes",
        18,
        (g, x) -> g.node("ReduceSum", x).with("noop_with_empty_axes", 1).output());
    add("ReduceLogSum", 18, (g, x) -> g.op("ReduceLogSum", g.op("Exp", x), g.list(-1)));
  }

  private void rearranging() {
    add("Reshape", 13, (g, x) -> g.op("Reshape", x, g.list(0, -1, 14)));
    add("Flatten", 13, (g, x) -> g.node("Flatten", x).with("axis", -1).output());
    add(
        "Transpose",
        13,
        (g, x) -> g.node("Transpose", x).with("perm", new long[] {2, 0, 3, 1}).output());
    add("Transpose turned", 13, (g, x) -> g.op("Transpose", x));
    for (int opset : new int[] {11, 13}) {
      add("Unsqueeze and Squeeze", opset, InterpreterCases::squeezed);
    }
    add("Expand", 13, (g, x) -> g.op("Expand", x, g.list(3, 1, 4, 1, 7)));
    add("Tile", 13, (g, x) -> g.op("Tile", x, g.list(1, 2, 3, 1)));
    for (String mode : List.of("DCR", "CRD")) {
      add(
          "DepthToSpace " + mode,
          13,
          (g, x) -> g.node("DepthToSpace", x).with("blocksize", 2).with("mode", mode).output());
    }
  }

  private static Value squeezed(GraphEditor g, Value x) {
    if (g.opset() < 13) {
      Value wide = g.node("Unsqueeze", x).with("axes", new long[] {0, 3}).output();
      return g.node("Squeeze", wide).with("axes", new long[] {0}).output();
    }
    return g.op("Squeeze", g.op("Unsqueeze", x, g.list(-1, 0)), g.list(0));
  }

  private void selecting() {
    add(
        "Concat",
        13,
        (g, x) ->
            g.node("Concat", x, g.op("Relu", x), weights(g, 2, 1, 6, 7)).with("axis", -3).output());
    add(
        "Split",
        11,
        (g, x) -> second(g.node("Split", x).with("axis", 1).with("split", new long[] {1, 3})));
    add("Split", 13, (g, x) -> second(g.node("Split", x, g.list(2, 5)).with("axis", -1)));
    add(
        "Split unevenly",
        18,
        (g, x) -> second(g.node("Split", x).with("axis", -1).with("num_outputs", 2)));
    add(
        "Slice",
        9,
        (g, x) ->
            g.node("Slice", x)
                .with("starts", new long[] {1, -3})
                .with("ends", new long[] {Long.MAX_VALUE, -1})
                .with("axes", new long[] {1, 3})
                .output());
    add(
        "Slice backwards",
        13,
        (g, x) ->
            g.op(
                "Slice", x, g.list(-1, 0), g.list(Long.MIN_VALUE, 9), g.list(3, 2), g.list(-2, 3)));
    add("Gather", 13, (g, x) -> g.node("Gather", x, g.list(3, 0, -1)).with("axis", 1).output());
    add("Gather one", 13, (g, x) -> g.node("Gather", x, integer(g, 2)).with("axis", 2).output());
    add(
        "Pad",
        10,
        (g, x) ->
            g.node("Pad", x)
                .with("pads", new long[] {0, 1, 0, 2, 0, 0, 1, 0})
                .with("value", 0.5f)
                .output());
    for (String mode : List.of("constant", "edge", "reflect")) {
      add(
          "Pad " + mode,
          13,
          (g, x) -> g.node("Pad", x, g.list(0, 0, 1, 2, 0, 0, 3, 0)).with("mode", mode).output());
    }
    add(
        "Pad of some axes",
        18,
        (g, x) -> g.op("Pad", x, g.list(1, 2, 0, 1), g.scalar(2), g.list(-1, 1)));
    add(
        "ScatterND",
        13,
        (g, x) ->
            g.op(
                "ScatterND",
                x,
                g.constant(ConstantTensor.longs(new long[] {0, 1, 1, -1, 0, 3}, 3, 2)),
                weights(g, 3, 6, 7)));
  }

  private static Value second(GraphEditor.NodeWriter split) {
    return split.outputs(2).get(1);
  }

  private static Value integer(GraphEditor g, long value) {
    return g.constant(ConstantTensor.longs(new long[] {value}));
  }

  private void resizing() {
    for (String rule : List.of("half_pixel", "pytorch_half_pixel", "asymmetric", "align_corners")) {
      for (String mode : List.of("nearest", "linear")) {
        add("Resize " + mode + " " + rule, 13, (g, x) -> resized(g, x, mode, rule).output());
      }
    }
    for (String rule : List.of("floor", "ceil", "round_prefer_ceil", "round_prefer_floor")) {
      add(
          "Resize nearest " + rule,
          13,
          (g, x) -> resized(g, x, "nearest", "asymmetric").with("nearest_mode", rule).output());
    }
    add(
        "Resize by scales",
        13,
        (g, x) ->
            g.node("Resize", x, Value.NONE, floats(g, 1, 1, 2, 2)).with("mode", "linear").output());
    add(
        "Resize",
        10,
        (g, x) -> g.node("Resize", x, floats(g, 1, 1, 2, 3)).with("mode", "nearest").output());
    add(
        "Upsample",
        9,
        (g, x) -> g.node("Upsample", x, floats(g, 1, 1, 2, 3)).with("mode", "nearest").output());
    add(
        "Upsample linear",
        9,
        (g, x) -> g.node("Upsample", x, floats(g, 1, 1, 2, 3)).with("mode", "linear").output());
  }

  private static GraphEditor.NodeWriter resized(GraphEditor g, Value x, String mode, String rule) {
    return g.node("Resize", x, Value.NONE, Value.NONE, g.list(2, 4, 9, 5))
        .with("mode", mode)
        .with("coordinate_transformation_mode", rule);
  }

  private void shapes() {
    add("Shape", 13, (g, x) -> cast(g, g.op("Shape", x)));
    add(
        "Shape in part",
        15,
        (g, x) -> cast(g, g.node("Shape", x).with("start", -3).with("end", -1).output()));
    add("Size", 13, (g, x) -> cast(g, g.op("Size", x)));
    add(
        "ConstantOfShape",
        13,
        (g, x) -> {
          Value ones =
              g.node("ConstantOfShape", g.op("Shape", x))
                  .with("value", ConstantTensor.floats(new float[] {1.5f}, 1))
                  .output();
          return g.op("Add", ones, cast(g, g.op("ConstantOfShape", g.op("Shape", x))));
        });
    add(
        "Range",
        13,
        (g, x) -> cast(g, g.op("Range", integer(g, 1), g.op("Size", x), integer(g, 5))));
    add(
        "Constant",
        13,
        (g, x) ->
            g.op(
                "Reshape",
                g.op("Add", x, g.node("Constant").with("value_float", 0.25f).output()),
                g.node("Constant").with("value_ints", new long[] {8, -1}).output()));
    add(
        "whole numbers divided",
        13,
        (g, x) -> cast(g, g.op("Mod", g.op("Div", g.op("Shape", x), g.list(-4)), g.list(3))));
  }
}
