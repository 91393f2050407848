package io.hone.onnx.gradient;

import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import io.hone.onnx.support.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each operator's gradient against finite differences, over generated shapes and attributes. */
class OperatorGradientTest {
  private static final int CASES = 16;

  /** Draws one graph of an operator: reads the image, returns what is differentiated. */
  @FunctionalInterface
  private interface Draw {
    Value draw(GraphEditor graph, Value image, long[] shape, Random random);
  }

  /** Shapes of the image. */
  @FunctionalInterface
  private interface Shapes {
    long[] draw(Random random);
  }

  @TestFactory
  Stream<DynamicNode> elementwise() {
    List<DynamicNode> tests = new ArrayList<>();
    for (String operator :
        List.of("Neg", "Relu", "Sigmoid", "Tanh", "Identity", "Abs", "Exp", "Dropout")) {
      tests.add(tests(operator, OperatorGradientTest::anyShape, (g, x, s, r) -> g.op(operator, x)));
    }
    for (String operator : List.of("Log", "Sqrt", "Reciprocal")) {
      tests.add(
          tests(
              operator,
              OperatorGradientTest::anyShape,
              (g, x, s, r) -> g.op(operator, g.op("Add", x, g.scalar(1.5f)))));
    }
    tests.add(
        tests(
            "LeakyRelu",
            OperatorGradientTest::anyShape,
            (g, x, s, r) ->
                g.node("LeakyRelu", x)
                    .with("alpha", List.of(0.2f, 0f, -0.5f, 1.5f).get(r.nextInt(4)))
                    .output()));
    tests.add(
        tests(
            "Elu",
            OperatorGradientTest::anyShape,
            (g, x, s, r) ->
                g.node("Elu", x)
                    .with("alpha", List.of(1f, 0.3f, -0.5f).get(r.nextInt(3)))
                    .output()));
    tests.add(tests("PRelu", OperatorGradientTest::anyShape, OperatorGradientTest::parametricRelu));
    tests.add(tests("Clip", OperatorGradientTest::anyShape, OperatorGradientTest::clip));
    tests.add(
        tests(
            "Cast",
            OperatorGradientTest::anyShape,
            (g, x, s, r) ->
                g.node("Cast", g.op("Mul", x, x)).with("to", ElementType.FLOAT.code()).output()));
    return tests.stream();
  }

  private static Value parametricRelu(GraphEditor g, Value x, long[] s, Random r) {
    if (r.nextBoolean()) {
      return g.op("PRelu", x, constant(g, r, narrowed(s, r)));
    }
    // The slope depends on the image too.
    return g.op("PRelu", x, g.op("Mul", x, x));
  }

  private static Value clip(GraphEditor g, Value x, long[] s, Random r) {
    Value low = r.nextBoolean() ? g.scalar(-0.4f) : Value.NONE;
    Value high = r.nextBoolean() ? g.scalar(0.3f) : Value.NONE;
    return g.op("Clip", x, low, high);
  }

  @TestFactory
  Stream<DynamicNode> arithmetic() {
    List<DynamicNode> tests = new ArrayList<>();
    for (String operator : List.of("Add", "Sub", "Mul", "Div", "Max", "Min", "Sum")) {
      tests.add(
          tests(
              operator,
              OperatorGradientTest::anyShape,
              (g, x, s, r) -> binary(g, operator, x, s, r)));
    }
    return tests.stream();
  }

  /** Broadcasts in every direction: with constants on either side, and with the image itself. */
  private static Value binary(GraphEditor g, String operator, Value x, long[] s, Random r) {
    Value image = operator.equals("Div") ? g.op("Add", x, g.scalar(2.5f)) : x;
    Value other;
    switch (r.nextInt(4)) {
      case 0 -> other = constant(g, r, narrowed(s, r));
      case 1 -> other = constant(g, r, widened(s, r));
      case 2 -> {
        // A part of the image along one axis, broadcast over the whole.
        int axis = r.nextInt(s.length);
        Value mean =
            g.node("ReduceMean", g.op("Tanh", image), g.list(axis)).with("keepdims", 1).output();
        other = g.op("Add", mean, g.scalar(1.7f));
      }
      default -> other = g.op("Add", g.op("Mul", image, image), g.scalar(1.3f));
    }
    return r.nextBoolean() ? g.op(operator, image, other) : g.op(operator, other, image);
  }

  @TestFactory
  Stream<DynamicNode> convolutions() {
    return Stream.of(
        tests("Conv", OperatorGradientTest::images, OperatorGradientTest::convolution),
        tests("ConvTranspose", OperatorGradientTest::images, OperatorGradientTest::convTranspose));
  }

  private static Value convolution(GraphEditor g, Value x, long[] s, Random r) {
    int axes = s.length - 2;
    long group = s[1] % 2 == 0 && r.nextBoolean() ? (r.nextBoolean() ? 2 : s[1]) : 1;
    long[] kernel = LongStream.range(0, axes).map(i -> 1 + r.nextInt(3)).toArray();
    long[] weights = shape(group * (1 + r.nextInt(3)), s[1] / group, kernel);
    GraphEditor.NodeWriter node =
        g.node(
            "Conv",
            x,
            constant(g, r, weights),
            r.nextBoolean() ? constant(g, r, weights[0]) : Value.NONE);
    windows(node, kernel, r, 3);
    return node.with("group", group).output();
  }

  private static Value convTranspose(GraphEditor g, Value x, long[] s, Random r) {
    int axes = s.length - 2;
    long group = s[1] % 2 == 0 && r.nextBoolean() ? 2 : 1;
    long[] kernel = LongStream.range(0, axes).map(i -> 1 + r.nextInt(3)).toArray();
    long[] weights = shape(s[1], 1 + r.nextInt(3), kernel);
    GraphEditor.NodeWriter node =
        g.node("ConvTranspose", x, constant(g, r, weights)).with("group", group);
    long[] strides = LongStream.range(0, axes).map(i -> 1 + r.nextInt(3)).toArray();
    node.with("strides", strides);
    switch (r.nextInt(4)) {
      case 0 -> {
        node.with(
            "output_padding",
            LongStream.range(0, axes).map(i -> r.nextInt((int) strides[(int) i])).toArray());
        node.with("dilations", LongStream.range(0, axes).map(i -> 1 + r.nextInt(2)).toArray());
      }
      case 1 -> {
        long[] pads = new long[2 * axes];
        for (int i = 0; i < axes; i++) {
          pads[i] = r.nextInt((int) kernel[i]);
          pads[i + axes] = kernel[i] - 1 - pads[i];
        }
        node.with("pads", pads);
      }
      case 2 -> node.with("auto_pad", r.nextBoolean() ? "SAME_UPPER" : "SAME_LOWER");
      default -> node.with("auto_pad", "VALID");
    }
    return node.output();
  }

  @TestFactory
  Stream<DynamicNode> pooling() {
    return Stream.of(
        tests("MaxPool", OperatorGradientTest::images, OperatorGradientTest::maxPool),
        tests("AveragePool", OperatorGradientTest::images, OperatorGradientTest::averagePool),
        tests(
            "GlobalAveragePool",
            OperatorGradientTest::images,
            (g, x, s, r) -> g.op("GlobalAveragePool", x)),
        tests(
            "GlobalMaxPool",
            OperatorGradientTest::images,
            (g, x, s, r) -> g.op("GlobalMaxPool", x)));
  }

  private static Value maxPool(GraphEditor g, Value x, long[] s, Random r) {
    long[] kernel = LongStream.range(2, s.length).map(i -> 1 + r.nextInt(3)).toArray();
    GraphEditor.NodeWriter node = g.node("MaxPool", x);
    windows(node, kernel, r, 3);
    return node.with("ceil_mode", r.nextInt(2)).output();
  }

  private static Value averagePool(GraphEditor g, Value x, long[] s, Random r) {
    long[] kernel = LongStream.range(2, s.length).map(i -> 1 + r.nextInt(3)).toArray();
    GraphEditor.NodeWriter node = g.node("AveragePool", x);
    windows(node, kernel, r, 1);
    return node.with("ceil_mode", r.nextInt(2)).with("count_include_pad", r.nextInt(2)).output();
  }

  private static void windows(GraphEditor.NodeWriter node, long[] kernel, Random r, int dilations) {
    int axes = kernel.length;
    node.with("kernel_shape", kernel);
    // Stride 1, windows side by side, or anything.
    int kind = r.nextInt(4);
    long[] strides =
        LongStream.range(0, axes)
            .map(i -> kind == 0 ? 1 : kind == 1 ? kernel[(int) i] : 1 + r.nextInt(3))
            .toArray();
    node.with("strides", strides);
    // Runtimes disagree about automatic pads of windows that leave gaps.
    boolean gaps = IntStream.range(0, axes).anyMatch(i -> kernel[i] < strides[i]);
    long[] pads = new long[2 * axes];
    switch (r.nextInt(gaps ? 1 : 0, 4)) {
      case 0 -> node.with("auto_pad", r.nextBoolean() ? "SAME_UPPER" : "SAME_LOWER");
      case 1 -> node.with("auto_pad", "VALID");
      default -> {
        for (int i = 0; i < pads.length; i++) {
          pads[i] = r.nextInt((int) kernel[i % axes]);
        }
        node.with("pads", pads);
        if (dilations > 1) {
          node.with("dilations", LongStream.range(0, axes).map(i -> 1 + r.nextInt(2)).toArray());
        }
      }
    }
  }

  @TestFactory
  Stream<DynamicNode> products() {
    return Stream.of(
        tests(
            "Gemm",
            r -> new long[] {1 + r.nextInt(4), 1 + r.nextInt(4)},
            OperatorGradientTest::gemm),
        tests("MatMul", OperatorGradientTest::anyShape, OperatorGradientTest::matMul));
  }

  private static Value gemm(GraphEditor g, Value x, long[] s, Random r) {
    long transA = r.nextInt(2);
    long transB = r.nextInt(2);
    Value left = x;
    Value right;
    long columns = 1 + r.nextInt(4);
    if (r.nextBoolean()) {
      long inner = transA == 0 ? s[1] : s[0];
      right = constant(g, r, transB == 0 ? inner : columns, transB == 0 ? columns : inner);
    } else {
      // The image stands on the right.
      right = x;
      columns = transB == 0 ? s[1] : s[0];
      long inner = transB == 0 ? s[0] : s[1];
      long rows = 1 + r.nextInt(4);
      left = constant(g, r, transA == 0 ? rows : inner, transA == 0 ? inner : rows);
    }
    Value bias =
        switch (r.nextInt(3)) {
          case 0 -> Value.NONE;
          case 1 -> constant(g, r, columns);
          default -> g.node("ReduceSum", x).with("keepdims", 1).output();
        };
    return g.node("Gemm", left, right, bias)
        .with("transA", transA)
        .with("transB", transB)
        .with("alpha", 0.7f)
        .with("beta", 1.3f)
        .output();
  }

  private static Value matMul(GraphEditor g, Value x, long[] s, Random r) {
    int rank = s.length;
    long other = 1 + r.nextInt(3);
    switch (r.nextInt(6)) {
      case 0:
        return g.op("MatMul", x, constant(g, r, s[rank - 1], other));
      case 1:
        return g.op("MatMul", x, constant(g, r, s[rank - 1]));
      case 2:
        return rank == 1
            ? g.op("MatMul", constant(g, r, 2, other, s[0]), x)
            : g.op("MatMul", constant(g, r, s[rank - 2]), x);
      case 3:
        return rank == 1
            ? g.op("MatMul", constant(g, r, s[0]), x)
            : g.op("MatMul", constant(g, r, other, s[rank - 2]), x);
      case 4:
        // Leading axes of a constant that the image is broadcast to.
        return g.op(
            "MatMul",
            x,
            constant(
                g,
                r,
                switch (rank) {
                  case 4 -> new long[] {s[1], s[3], other};
                  case 3 -> new long[] {2, s[0], s[2], other};
                  default -> new long[] {2, 3, s[rank - 1], other};
                }));
      default:
        if (rank == 1) {
          return g.op("MatMul", x, x);
        }
        long[] order = LongStream.range(0, rank).toArray();
        order[rank - 1] = rank - 2;
        order[rank - 2] = rank - 1;
        return g.op("MatMul", x, g.node("Transpose", x).with("perm", order).output());
    }
  }

  @TestFactory
  Stream<DynamicNode> normalizations() {
    return Stream.of(
        tests(
            "Softmax",
            OperatorGradientTest::anyShape,
            (g, x, s, r) -> softmax(g, "Softmax", x, s, r)),
        tests(
            "LogSoftmax",
            OperatorGradientTest::anyShape,
            (g, x, s, r) -> softmax(g, "LogSoftmax", x, s, r)),
        tests(
            "BatchNormalization",
            OperatorGradientTest::images,
            OperatorGradientTest::batchNormalization));
  }

  private static Value softmax(GraphEditor g, String operator, Value x, long[] s, Random r) {
    GraphEditor.NodeWriter node = g.node(operator, g.op("Mul", x, g.scalar(3)));
    return r.nextInt(3) == 0
        ? node.output()
        : node.with("axis", r.nextInt(2 * s.length) - s.length).output();
  }

  private static Value batchNormalization(GraphEditor g, Value x, long[] s, Random r) {
    Value variance =
        g.constant(ConstantTensor.floats(Array.uniform(r, 0.5f, 2, s[1]).content(), s[1]));
    return g.node(
            "BatchNormalization",
            x,
            constant(g, r, s[1]),
            constant(g, r, s[1]),
            constant(g, r, s[1]),
            variance)
        .with("epsilon", 1e-3f)
        .output();
  }

  @TestFactory
  Stream<DynamicNode> rearranging() {
    return Stream.of(
        tests(
            "Flatten",
            OperatorGradientTest::anyShape,
            (g, x, s, r) -> g.node("Flatten", x).with("axis", r.nextInt(s.length + 1)).output()),
        tests("Reshape", OperatorGradientTest::anyShape, OperatorGradientTest::reshape),
        tests("Squeeze", OperatorGradientTest::anyShape, OperatorGradientTest::squeeze),
        tests(
            "Unsqueeze",
            OperatorGradientTest::anyShape,
            (g, x, s, r) -> g.op("Unsqueeze", x, g.list(r.nextBoolean() ? 0 : -1, 1))),
        tests("Transpose", OperatorGradientTest::anyShape, OperatorGradientTest::transpose),
        tests("Concat", OperatorGradientTest::anyShape, OperatorGradientTest::concat),
        tests("Expand", OperatorGradientTest::anyShape, OperatorGradientTest::expand),
        tests("Pad", OperatorGradientTest::images, OperatorGradientTest::pad));
  }

  private static Value reshape(GraphEditor g, Value x, long[] s, Random r) {
    return switch (r.nextInt(3)) {
      case 0 -> g.op("Reshape", x, g.list(-1));
      case 1 -> g.op("Reshape", x, g.list(0, -1, 1));
      default -> g.op("Reshape", x, g.list(1, elements(s)));
    };
  }

  private static Value squeeze(GraphEditor g, Value x, long[] s, Random r) {
    Value widened = g.op("Unsqueeze", x, g.list(0, 2));
    return switch (r.nextInt(3)) {
      case 0 -> g.op("Squeeze", widened, g.list(0));
      case 1 -> g.op("Squeeze", widened, g.list(2, -s.length - 2));
      default -> g.op("Squeeze", widened);
    };
  }

  private static Value transpose(GraphEditor g, Value x, long[] s, Random r) {
    if (r.nextInt(3) == 0) {
      return g.op("Transpose", x);
    }
    List<Long> order = new ArrayList<>(LongStream.range(0, s.length).boxed().toList());
    java.util.Collections.shuffle(order, r);
    return g.node("Transpose", x)
        .with("perm", order.stream().mapToLong(Long::longValue).toArray())
        .output();
  }

  private static Value concat(GraphEditor g, Value x, long[] s, Random r) {
    int axis = r.nextInt(s.length);
    long[] other = s.clone();
    other[axis] = 1 + r.nextInt(3);
    Value constant = constant(g, r, other);
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

  private static Value pad(GraphEditor g, Value x, long[] s, Random r) {
    String mode = List.of("constant", "constant", "edge", "reflect", "wrap").get(r.nextInt(4));
    int rank = s.length;
    long[] pads = new long[2 * rank];
    for (int axis = mode.equals("constant") ? 0 : 2; axis < rank; axis++) {
      boolean cut = mode.equals("constant") && s[axis] > 2;
      pads[axis] = r.nextInt(3) - (cut ? 1 : 0);
      pads[axis + rank] = r.nextInt(3) - (cut ? 1 : 0);
    }
    if (r.nextBoolean()) {
      return g.node("Pad", x, g.list(pads), g.scalar(0.5f)).with("mode", mode).output();
    }
    long[] last = {pads[rank - 1], pads[2 * rank - 1]};
    return g.node("Pad", x, g.list(last), Value.NONE, g.list(-1)).with("mode", mode).output();
  }

  @TestFactory
  Stream<DynamicNode> reductions() {
    return Stream.of("ReduceMean", "ReduceSum")
        .map(
            operator ->
                tests(
                    operator,
                    OperatorGradientTest::anyShape,
                    (g, x, s, r) -> reduction(g, operator, x, s, r)));
  }

  private static Value reduction(GraphEditor g, String operator, Value x, long[] s, Random r) {
    Value square = g.op("Mul", x, x);
    long keep = r.nextInt(2);
    switch (r.nextInt(4)) {
      case 0:
        return g.node(operator, square).with("keepdims", keep).output();
      case 1:
        return g.node(operator, square, g.list())
            .with("noop_with_empty_axes", r.nextInt(2))
            .with("keepdims", keep)
            .output();
      case 2:
        return g.node(operator, square, g.list(r.nextInt(2 * s.length) - s.length))
            .with("keepdims", keep)
            .output();
      default:
        long[] axes = s.length == 1 ? new long[] {0} : new long[] {s.length - 1, -s.length};
        return g.node(operator, square, g.list(axes)).with("keepdims", keep).output();
    }
  }

  @TestFactory
  Stream<DynamicNode> resizing() {
    return Stream.of(
        tests(
            "Resize",
            r ->
                new long[] {1 + r.nextInt(2), 1 + r.nextInt(2), 2 + r.nextInt(4), 2 + r.nextInt(4)},
            OperatorGradientTest::resize));
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
        g.node("Resize", x, Value.NONE, scales, sizes)
            .with("mode", mode)
            .with("coordinate_transformation_mode", coordinates.get(r.nextInt(4)));
    if (mode.equals("nearest")) {
      node.with("nearest_mode", rounding.get(r.nextInt(4)));
    }
    return node.output();
  }

  private static DynamicNode tests(String operator, Shapes shapes, Draw draw) {
    return org.junit.jupiter.api.DynamicContainer.dynamicContainer(
        operator,
        IntStream.range(0, CASES)
            .mapToObj(
                number ->
                    DynamicTest.dynamicTest(
                        operator + " " + number, () -> check(operator, number, shapes, draw))));
  }

  private static void check(String operator, int number, Shapes shapes, Draw draw) {
    Random random = new Random(31L * operator.hashCode() + number);
    long[] shape = shapes.draw(random);
    GraphEditor graph = GraphEditor.create(18);
    Shape declared = Shape.of(shape);
    if (random.nextBoolean()) {
      declared = declared.with(0, Dimension.named("N"));
    }
    Value image = graph.input("image", ElementType.FLOAT, declared);
    Value result = draw.draw(graph, image, shape, random);
    graph.output("scores", graph.op("Reshape", result, graph.list(1, -1)));
    Array content = Array.uniform(random, -1, 1, shape);
    FiniteDifferences.check(graph.build(operator + " " + Arrays.toString(shape)), content, random);
  }

  private static long[] anyShape(Random r) {
    return IntStream.range(0, 1 + r.nextInt(4)).mapToLong(i -> 1 + r.nextInt(4)).toArray();
  }

  private static long[] images(Random r) {
    int axes = r.nextInt(4) == 0 ? 1 : 2;
    return shape(1 + r.nextInt(2), List.of(1, 2, 4, 9).get(r.nextInt(4)), spatial(r, axes));
  }

  private static long[] spatial(Random r, int axes) {
    return IntStream.range(0, axes).mapToLong(i -> 5 + r.nextInt(4)).toArray();
  }

  private static long[] shape(long first, long second, long... rest) {
    return LongStream.concat(LongStream.of(first, second), LongStream.of(rest)).toArray();
  }

  private static long elements(long[] shape) {
    return LongStream.of(shape).reduce(1, (a, b) -> a * b);
  }

  /** A shape that is broadcast to the given one: axes of 1, leading axes left out. */
  private static long[] narrowed(long[] shape, Random r) {
    int skip = r.nextInt(shape.length + 1);
    return Arrays.stream(shape).skip(skip).map(size -> r.nextBoolean() ? size : 1).toArray();
  }

  /** A shape that the given one is broadcast to where its axes are 1, with one more axis. */
  private static long[] widened(long[] shape, Random r) {
    long[] wide = Arrays.stream(shape).map(size -> size == 1 ? 3 : size).toArray();
    return LongStream.concat(LongStream.of(2), LongStream.of(wide)).toArray();
  }

  private static Value constant(GraphEditor graph, Random random, long... shape) {
    float[] content = Array.uniform(random, 0.2f, 1, shape).content();
    for (int i = 0; i < content.length; i++) {
      content[i] = random.nextBoolean() ? content[i] : -content[i];
    }
    return graph.constant(ConstantTensor.floats(content, shape));
  }
}
