package io.hone.onnx.gradient.cases;

import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Value;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Convolutions and pooling. */
final class WindowCases {
  private WindowCases() {}

  static Stream<OperatorCases> all() {
    return Stream.concat(convolutions(), pooling());
  }

  private static Stream<OperatorCases> convolutions() {
    return Stream.of(
        OperatorCases.of("Conv", Drawn::images, WindowCases::convolution).at(7, 11, 18, 22),
        OperatorCases.of("Conv", WindowCases::volumes, WindowCases::convolution),
        OperatorCases.of("Conv", Drawn::images, WindowCases::dynamicKernel),
        OperatorCases.of("ConvTranspose", Drawn::images, WindowCases::convTranspose).at(7, 11, 18),
        OperatorCases.of("ConvTranspose", WindowCases::volumes, WindowCases::convTranspose));
  }

  private static Stream<OperatorCases> pooling() {
    return Stream.of(
        OperatorCases.of("MaxPool", Drawn::images, WindowCases::maxPool).at(7, 8, 10, 12, 18, 22),
        OperatorCases.of("MaxPool", WindowCases::volumes, WindowCases::maxPool),
        OperatorCases.of("MaxUnpool", r -> new long[] {2, 2, 4, 6}, WindowCases::maxUnpool)
            .at(9, 11, 18),
        OperatorCases.of("Col2Im", r -> new long[] {2, 12, 12}, WindowCases::patches),
        OperatorCases.of("AveragePool", Drawn::images, WindowCases::averagePool)
            .at(7, 10, 11, 18, 19, 22),
        OperatorCases.of("AveragePool", WindowCases::volumes, WindowCases::averagePool),
        OperatorCases.of("LpPool", Drawn::images, WindowCases::powerPool).at(7, 11, 18, 22),
        OperatorCases.of(
                "GlobalLpPool",
                Drawn::images,
                (g, x, s, r) -> g.node("GlobalLpPool", x).with("p", 1 + r.nextInt(3)).output())
            .at(7, 18),
        OperatorCases.of(
            "GlobalAveragePool", Drawn::images, (g, x, s, r) -> g.op("GlobalAveragePool", x)),
        OperatorCases.of("GlobalMaxPool", Drawn::images, (g, x, s, r) -> g.op("GlobalMaxPool", x)));
  }

  private static Value convolution(GraphEditor g, Value x, long[] s, Random r) {
    int axes = s.length - 2;
    long group = s[1] % 2 == 0 && r.nextBoolean() ? (r.nextBoolean() ? 2 : s[1]) : 1;
    long[] kernel = LongStream.range(0, axes).map(i -> 1 + r.nextInt(3)).toArray();
    long[] weights = Drawn.shape(group * (1 + r.nextInt(3)), s[1] / group, kernel);
    GraphEditor.NodeWriter node =
        g.node(
            "Conv",
            x,
            Drawn.constant(g, r, weights),
            r.nextBoolean() ? Drawn.constant(g, r, weights[0]) : Value.NONE);
    windows(node, kernel, r, 3);
    return node.with("group", group).output();
  }

  private static Value convTranspose(GraphEditor g, Value x, long[] s, Random r) {
    int axes = s.length - 2;
    long group = s[1] % 2 == 0 && r.nextBoolean() ? 2 : 1;
    long[] kernel = LongStream.range(0, axes).map(i -> 1 + r.nextInt(3)).toArray();
    long[] weights = Drawn.shape(s[1], 1 + r.nextInt(3), kernel);
    GraphEditor.NodeWriter node =
        g.node("ConvTranspose", x, Drawn.constant(g, r, weights)).with("group", group);
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

  private static long[] volumes(Random r) {
    return new long[] {1 + r.nextInt(2), 1 + r.nextInt(2), 5 + r.nextInt(2), 5 + r.nextInt(2), 5};
  }

  /** Kernels and biases that depend on the image. */
  private static Value dynamicKernel(GraphEditor g, Value x, long[] s, Random r) {
    long group = s[1] % 2 == 0 && r.nextBoolean() ? 2 : 1;
    long[] kernel = LongStream.range(2, s.length).map(i -> 1 + r.nextInt(3)).toArray();
    long[] sizes = Drawn.shape(group * (1 + r.nextInt(2)), s[1] / group, kernel);
    Value mean = g.op("Tanh", g.node("ReduceSum", x).with("keepdims", 0).output());
    Value weights = g.op("Mul", Drawn.constant(g, r, sizes), mean);
    Value bias = g.op("Mul", Drawn.constant(g, r, sizes[0]), mean);
    GraphEditor.NodeWriter node = g.node("Conv", x, weights, r.nextBoolean() ? bias : Value.NONE);
    long[] told = kernel.clone();
    node.with("kernel_shape", told)
        .with("strides", LongStream.of(kernel).map(i -> 1 + r.nextInt(2)).toArray())
        .with("dilations", LongStream.of(kernel).map(i -> 1 + r.nextInt(2)).toArray())
        .with("pads", LongStream.range(0, 2L * kernel.length).map(i -> r.nextInt(2)).toArray());
    return node.with("group", group).output();
  }

  private static Value maxPool(GraphEditor g, Value x, long[] s, Random r) {
    long[] kernel = LongStream.range(2, s.length).map(i -> 1 + r.nextInt(3)).toArray();
    GraphEditor.NodeWriter node = g.node("MaxPool", x);
    windows(node, kernel, r, g.opset() < 10 ? 1 : 3);
    if (g.opset() >= 8 && r.nextInt(4) == 0) {
      node.with("storage_order", 1);
    }
    return g.opset() < 10 ? node.output() : node.with("ceil_mode", r.nextInt(2)).output();
  }

  private static Value powerPool(GraphEditor g, Value x, long[] s, Random r) {
    long[] kernel = LongStream.range(2, s.length).map(i -> 1 + r.nextInt(3)).toArray();
    GraphEditor.NodeWriter node = g.node("LpPool", x);
    windows(node, kernel, r, g.opset() < 18 ? 1 : 3);
    if (g.opset() >= 18) {
      node.with("ceil_mode", r.nextInt(2));
    }
    return r.nextInt(3) == 0 ? node.output() : node.with("p", 1 + r.nextInt(3)).output();
  }

  private static Value maxUnpool(GraphEditor g, Value x, long[] s, Random r) {
    long[] two = {2, 2};
    List<Value> pooled =
        g.node("MaxPool", x).with("kernel_shape", two).with("strides", two).outputs(2);
    Value size = r.nextBoolean() ? g.list(s) : Value.NONE;
    return g.node("MaxUnpool", g.op("Tanh", pooled.get(0)), pooled.get(1), size)
        .with("kernel_shape", two)
        .with("strides", two)
        .output();
  }

  /** Twelve patches of an image, overlapping, padded or with gaps in them. */
  private static Value patches(GraphEditor g, Value x, long[] s, Random r) {
    return switch (r.nextInt(3)) {
      case 0 -> g.op("Col2Im", x, g.list(4, 5), g.list(2, 2));
      case 1 ->
          g.node("Col2Im", x, g.list(3, 4), g.list(3, 2))
              .with("pads", new long[] {1, 0, 1, 1})
              .output();
      default ->
          g.node("Col2Im", x, g.list(7, 8), g.list(2, 3))
              .with("strides", new long[] {2, 1})
              .with("dilations", new long[] {2, 2})
              .with("pads", new long[] {0, 0, 1, 0})
              .output();
    };
  }

  private static Value averagePool(GraphEditor g, Value x, long[] s, Random r) {
    long[] kernel = LongStream.range(2, s.length).map(i -> 1 + r.nextInt(3)).toArray();
    GraphEditor.NodeWriter node = g.node("AveragePool", x);
    boolean dilated = g.opset() >= 19 && r.nextBoolean();
    windows(node, kernel, r, dilated ? 3 : 1);
    if (g.opset() >= 10 && !dilated) {
      node.with("ceil_mode", r.nextInt(2));
    }
    return node.with("count_include_pad", r.nextInt(2)).output();
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
}
