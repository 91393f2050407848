package io.hone.onnx.gradient.cases;

import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** What moves, joins, cuts or repeats elements. */
final class RearrangingCases {
  private RearrangingCases() {}

  static Stream<OperatorCases> all() {
    return Stream.concat(rearranging(), resizing());
  }

  private static Stream<OperatorCases> rearranging() {
    return Stream.of(
        OperatorCases.of(
            "Flatten",
            Drawn::anyShape,
            (g, x, s, r) -> g.node("Flatten", x).with("axis", r.nextInt(s.length + 1)).output()),
        OperatorCases.of("Reshape", Drawn::anyShape, RearrangingCases::reshape),
        OperatorCases.of("Squeeze", Drawn::anyShape, RearrangingCases::squeeze).at(11, 13, 18),
        OperatorCases.of(
                "Unsqueeze",
                Drawn::anyShape,
                (g, x, s, r) -> alongAxes(g, "Unsqueeze", x, r.nextBoolean() ? 0 : -1, 1))
            .at(11, 13, 18),
        OperatorCases.of("Transpose", Drawn::anyShape, RearrangingCases::transpose),
        OperatorCases.of("Concat", Drawn::anyShape, RearrangingCases::concat),
        OperatorCases.of("Tile", Drawn::anyShape, RearrangingCases::tile).at(7, 13, 18),
        OperatorCases.of(
                "DepthToSpace",
                r -> blocks(r, true),
                (g, x, s, r) -> {
                  GraphEditor.NodeWriter node = g.node("DepthToSpace", x).with("blocksize", 2);
                  boolean ordered = g.opset() >= 11 && r.nextInt(3) > 0;
                  return ordered
                      ? node.with("mode", r.nextBoolean() ? "CRD" : "DCR").output()
                      : node.output();
                })
            .at(7, 11, 13, 18),
        OperatorCases.of(
                "SpaceToDepth",
                r -> blocks(r, false),
                (g, x, s, r) -> g.node("SpaceToDepth", x).with("blocksize", 2).output())
            .at(7, 13, 18),
        OperatorCases.of("ReverseSequence", Drawn::images, RearrangingCases::reverseSequence)
            .at(10, 18),
        OperatorCases.of("CenterCropPad", Drawn::images, RearrangingCases::centerCropPad),
        OperatorCases.of("Expand", Drawn::anyShape, RearrangingCases::expand),
        OperatorCases.of("Pad", Drawn::images, RearrangingCases::pad)
            .at(9, 10, 11, 13, 18, 19, 21));
  }

  private static Stream<OperatorCases> resizing() {
    return Stream.of(
        OperatorCases.of("Upsample", RearrangingCases::small, RearrangingCases::upsample).at(7, 9),
        OperatorCases.of("Resize", RearrangingCases::small, RearrangingCases::upsample).at(10),
        OperatorCases.of("Resize", RearrangingCases::small, RearrangingCases::resize)
            .at(11, 13, 18, 19),
        OperatorCases.of("Resize", RearrangingCases::small, RearrangingCases::resizedAxes)
            .at(18, 19),
        OperatorCases.of("Resize", RearrangingCases::small, RearrangingCases::crop).at(11, 13, 18));
  }

  private static long[] small(Random r) {
    return new long[] {1 + r.nextInt(2), 1 + r.nextInt(2), 2 + r.nextInt(4), 2 + r.nextInt(4)};
  }

  private static Value reshape(GraphEditor g, Value x, long[] s, Random r) {
    return switch (r.nextInt(3)) {
      case 0 -> g.op("Reshape", x, g.list(-1));
      case 1 -> g.op("Reshape", x, g.list(0, -1, 1));
      default -> g.op("Reshape", x, g.list(1, Drawn.elements(s)));
    };
  }

  private static Value squeeze(GraphEditor g, Value x, long[] s, Random r) {
    Value widened = alongAxes(g, "Unsqueeze", x, 0, 2);
    return switch (r.nextInt(3)) {
      case 0 -> alongAxes(g, "Squeeze", widened, 0);
      case 1 -> alongAxes(g, "Squeeze", widened, 2, -s.length - 2);
      default -> g.op("Squeeze", widened);
    };
  }

  /** Axes became an input in opset 13. */
  private static Value alongAxes(GraphEditor g, String operator, Value x, long... axes) {
    return g.opset() < 13
        ? g.node(operator, x).with("axes", axes).output()
        : g.op(operator, x, g.list(axes));
  }

  private static Value transpose(GraphEditor g, Value x, long[] s, Random r) {
    if (r.nextInt(3) == 0) {
      return g.op("Transpose", x);
    }
    List<Long> order = new ArrayList<>(LongStream.range(0, s.length).boxed().toList());
    Collections.shuffle(order, r);
    return g.node("Transpose", x)
        .with("perm", order.stream().mapToLong(Long::longValue).toArray())
        .output();
  }

  private static Value concat(GraphEditor g, Value x, long[] s, Random r) {
    int axis = r.nextInt(s.length);
    long[] other = s.clone();
    other[axis] = 1 + r.nextInt(3);
    Value constant = Drawn.constant(g, r, other);
    Value square = g.op("Mul", x, x);
    return g.node("Concat", x, constant, square)
        .with("axis", r.nextBoolean() ? axis : axis - s.length)
        .output();
  }

  private static Value expand(GraphEditor g, Value x, long[] s, Random r) {
    long[] wide = LongStream.concat(LongStream.of(2), LongStream.of(s)).toArray();
    Value narrow = g.node("ReduceSum", x, g.list(r.nextInt(s.length))).with("keepdims", 1).output();
    return g.op("Expand", narrow, g.list(wide));
  }

  private static Value tile(GraphEditor g, Value x, long[] s, Random r) {
    Value repeats = g.list(LongStream.range(0, s.length).map(i -> 1 + r.nextInt(3)).toArray());
    boolean computed = g.opset() >= 13 && r.nextInt(3) == 0;
    return g.op("Tile", x, computed ? g.op("Abs", g.op("Neg", repeats)) : repeats);
  }

  private static long[] blocks(Random r, boolean deep) {
    long channels = (1 + r.nextInt(2)) * (deep ? 4L : 1L);
    long edge = deep ? 1 : 2;
    return new long[] {
      1 + r.nextInt(2), channels, edge * (1 + r.nextInt(3)), edge * (1 + r.nextInt(3))
    };
  }

  private static Value reverseSequence(GraphEditor g, Value x, long[] s, Random r) {
    int batch = r.nextInt(2);
    int time = 1 - batch;
    long[] lengths = LongStream.range(0, s[batch]).map(i -> 1 + r.nextInt((int) s[time])).toArray();
    return g.node("ReverseSequence", x, g.list(lengths))
        .with("batch_axis", batch)
        .with("time_axis", time)
        .output();
  }

  private static Value centerCropPad(GraphEditor g, Value x, long[] s, Random r) {
    if (r.nextBoolean()) {
      return g.op("CenterCropPad", x, g.list(LongStream.of(s).map(n -> n + 1).toArray()));
    }
    Value sizes = g.list(1 + r.nextInt(9), 1 + r.nextInt(9));
    return g.node("CenterCropPad", x, sizes).with("axes", new long[] {-1, 1}).output();
  }

  private static Value pad(GraphEditor g, Value x, long[] s, Random r) {
    String mode =
        List.of("constant", "constant", "edge", "reflect", "wrap")
            .get(r.nextInt(g.opset() < 19 ? 4 : 5));
    int rank = s.length;
    long[] pads = new long[2 * rank];
    for (int axis = mode.equals("constant") ? 0 : 2; axis < rank; axis++) {
      boolean cut = mode.equals("constant") && s[axis] > 2;
      pads[axis] = r.nextInt(3) - (cut ? 1 : 0);
      pads[axis + rank] = r.nextInt(3) - (cut ? 1 : 0);
    }
    if (g.opset() < 11) {
      return g.node("Pad", x).with("pads", pads).with("mode", mode).with("value", 0.5f).output();
    }
    if (g.opset() < 18 || r.nextBoolean()) {
      boolean computed = r.nextInt(3) == 0 && g.opset() >= 13;
      Value amounts = computed ? g.op("Neg", g.op("Neg", g.list(pads))) : g.list(pads);
      return g.node("Pad", x, amounts, g.scalar(0.5f)).with("mode", mode).output();
    }
    long[] last = {pads[rank - 1], pads[2 * rank - 1]};
    return g.node("Pad", x, g.list(last), Value.NONE, g.list(-1)).with("mode", mode).output();
  }

  /** The form before opset 11, which knew one rule of coordinates. */
  private static Value upsample(GraphEditor g, Value x, long[] s, Random r) {
    float[] scales = {1, 1, 1 + r.nextInt(3), 1 + 0.5f * r.nextInt(3)};
    String mode = r.nextBoolean() ? "nearest" : "linear";
    if (g.opset() < 9) {
      return g.node("Upsample", x).with("mode", mode).with("scales", scales).output();
    }
    Value list = g.constant(ConstantTensor.floats(scales, 4));
    return g.node(g.opset() < 10 ? "Upsample" : "Resize", x, list).with("mode", mode).output();
  }

  /** What came with opset 18: some axes alone, smoothing where it shrinks. */
  private static Value resizedAxes(GraphEditor g, Value x, long[] s, Random r) {
    String mode = List.of("linear", "cubic", "nearest").get(r.nextInt(3));
    Value sizes = g.list(1 + r.nextInt(7), 2 + r.nextInt(6));
    GraphEditor.NodeWriter node =
        g.node("Resize", x, Value.NONE, Value.NONE, sizes)
            .with("mode", mode)
            .with("axes", r.nextBoolean() ? new long[] {2, 3} : new long[] {-2, -1});
    if (g.opset() >= 19 && r.nextInt(3) == 0) {
      node.with("coordinate_transformation_mode", "half_pixel_symmetric");
    }
    if (mode.equals("cubic")) {
      node.with("cubic_coeff_a", r.nextBoolean() ? -0.5f : -0.75f);
      node.with("exclude_outside", r.nextInt(2));
    }
    if (!mode.equals("nearest")) {
      node.with("antialias", r.nextInt(2));
    }
    return node.output();
  }

  /** In opset 11 what is left out is written as an empty list. */
  private static Value optional(GraphEditor g, Value value) {
    return value.isAbsent() && g.opset() < 13
        ? g.constant(ConstantTensor.floats(new float[0], 0))
        : value;
  }

  private static Value crop(GraphEditor g, Value x, long[] s, Random r) {
    float[] limits = {0, 0, 0.2f, -0.3f, 1, 1, 0.9f, 1.2f};
    Value scales = Value.NONE;
    Value sizes = Value.NONE;
    if (r.nextBoolean()) {
      scales = g.constant(ConstantTensor.floats(new float[] {1, 1, 1.5f, 2}, 4));
    } else {
      sizes = g.list(s[0], s[1], 5, s[3]);
    }
    String mode = List.of("nearest", "linear", "cubic").get(r.nextInt(3));
    Value cropped = g.constant(ConstantTensor.floats(limits, 8));
    return g.node("Resize", x, cropped, optional(g, scales), sizes)
        .with("mode", mode)
        .with("coordinate_transformation_mode", "tf_crop_and_resize")
        .with("extrapolation_value", 0.7f)
        .output();
  }

  private static Value resize(GraphEditor g, Value x, long[] s, Random r) {
    List<String> coordinates =
        List.of("half_pixel", "asymmetric", "align_corners", "pytorch_half_pixel");
    List<String> rounding = List.of("floor", "ceil", "round_prefer_floor", "round_prefer_ceil");
    Value scales = Value.NONE;
    Value sizes = Value.NONE;
    switch (r.nextInt(3)) {
      case 0 ->
          scales = g.constant(ConstantTensor.floats(new float[] {1, 1, 1 + r.nextInt(3), 2}, 4));
      case 1 ->
          scales =
              g.constant(
                  ConstantTensor.floats(
                      new float[] {1, 1, 0.5f + 2 * r.nextFloat(), 0.5f + 2 * r.nextFloat()}, 4));
      default -> sizes = g.list(s[0], s[1], 1 + r.nextInt(8), s[3]);
    }
    String mode = List.of("nearest", "nearest", "linear", "cubic").get(r.nextInt(4));
    GraphEditor.NodeWriter node =
        g.node("Resize", x, optional(g, Value.NONE), optional(g, scales), sizes)
            .with("mode", mode)
            .with("coordinate_transformation_mode", coordinates.get(r.nextInt(4)));
    if (mode.equals("nearest")) {
      node.with("nearest_mode", rounding.get(r.nextInt(4)));
    }
    return node.output();
  }
}
