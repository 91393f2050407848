package io.hone.onnx.gradient.cases;

import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Value;
import io.hone.onnx.support.Array;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** What reads an image at places that a grid tells. */
final class SamplingCases {
  private SamplingCases() {}

  static Stream<OperatorCases> all() {
    return Stream.of(
        OperatorCases.of("GridSample", SamplingCases::images, SamplingCases::fixedGrid)
            .at(16, 18, 20, 22),
        OperatorCases.of("GridSample", SamplingCases::images, SamplingCases::ownGrid)
            .at(16, 18, 20),
        OperatorCases.of("AffineGrid", SamplingCases::images, SamplingCases::affineGrid)
            .at(20, 22));
  }

  private static long[] images(Random r) {
    return new long[] {1 + r.nextInt(2), 1 + r.nextInt(2), 3 + r.nextInt(3), 3 + r.nextInt(3)};
  }

  private static Value fixedGrid(GraphEditor g, Value x, long[] s, Random r) {
    long[] shape = {s[0], 3, 4, 2};
    Array places = Array.uniform(r, -1.6f, 1.6f, shape);
    return sample(g, x, g.constant(ConstantTensor.floats(places.content(), shape)), r);
  }

  /** A grid that depends on the image, as in a spatial transformer. */
  private static Value ownGrid(GraphEditor g, Value x, long[] s, Random r) {
    long[] shape = {s[0], 2, 3, 2};
    Array places = Array.uniform(r, -1.3f, 1.3f, shape);
    Value mean = g.node("ReduceMean", x).with("keepdims", 1).output();
    Value grid = g.op("Add", g.constant(ConstantTensor.floats(places.content(), shape)), mean);
    return sample(g, x, grid, r);
  }

  private static Value sample(GraphEditor g, Value x, Value grid, Random r) {
    List<String> modes =
        g.opset() < 20
            ? List.of("bilinear", "bicubic", "nearest")
            : List.of("linear", "cubic", "nearest");
    return g.node("GridSample", x, grid)
        .with("mode", modes.get(r.nextInt(3)))
        .with("padding_mode", List.of("zeros", "border", "reflection").get(r.nextInt(3)))
        .with("align_corners", r.nextInt(2))
        .output();
  }

  private static Value affineGrid(GraphEditor g, Value x, long[] s, Random r) {
    Value rows = g.op("Reshape", x, g.list(s[0], -1));
    Value own = g.op("Slice", rows, g.list(0), g.list(6), g.list(1));
    return g.node(
            "AffineGrid",
            g.op("Reshape", own, g.list(s[0], 2, 3)),
            g.list(s[0], s[1], 2 + r.nextInt(3), 2 + r.nextInt(3)))
        .with("align_corners", r.nextInt(2))
        .output();
  }
}
