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
        OperatorCases.of("Conv", Drawn::images, WindowCases::convolution),
        OperatorCases.of("ConvTranspose", Drawn::images, WindowCases::convTranspose));
  }

  private static Stream<OperatorCases> pooling() {
    return Stream.of(
        OperatorCases.of("MaxPool", Drawn::images, WindowCases::maxPool),
        OperatorCases.of("MaxUnpool", r -> new long[] {2, 2, 4, 6}, WindowCases::maxUnpool)
            .at(9, 11, 18),
        OperatorCases.of("Col2Im", r -> new long[] {2, 12, 12}, WindowCases::patches),
        OperatorCases.of("AveragePool", Drawn::images, WindowCases::averagePool),
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

  private static Value maxPool(GraphEditor g, Value x, long[] s, Random r) {
    long[] kernel = LongStream.range(2, s.length).map(i -> 1 + r.nextInt(3)).toArray();
    GraphEditor.NodeWriter node = g.node("MaxPool", x);
    windows(node, kernel, r, 3);
    return node.with("ceil_mode", r.nextInt(2)).output();
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
}
