package io.hone.onnx.shape;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The integer arithmetic that exporters write around Reshape, Expand, Resize and Slice. */
class ShapesTest {
  private static final Dimension N = Dimension.named("N");
  private static final Dimension H = Dimension.named("H");

  private final GraphEditor graph = GraphEditor.create(17);

  private Value image(Dimension... axes) {
    return graph.input("image", ElementType.FLOAT, Shape.of(axes));
  }

  private Shapes shapes(Value result) {
    graph.output(result, ElementType.FLOAT, null);
    return Shapes.of(graph.build("m"));
  }

  private Shape shapeOf(Value result) {
    return shapes(result).of(result).orElseThrow();
  }

  private Value scalar(long value) {
    return graph.constant(ConstantTensor.longs(new long[] {value}));
  }

  private Value size(Value value, long axis) {
    return graph.op("Gather", graph.op("Shape", value), scalar(axis));
  }

  private Value list(Value... sizes) {
    Value[] parts = new Value[sizes.length];
    for (int i = 0; i < sizes.length; i++) {
      parts[i] = graph.op("Unsqueeze", sizes[i], graph.list(0));
    }
    return graph.node("Concat", parts).with("axis", 0).output();
  }

  @Test
  void followsWindowsMergedWithTheBatchAndBack() {
    Value x = image(N, Dimension.of(8), Dimension.of(8), Dimension.of(6));
    Value batch = size(x, 0);
    Value tiles =
        graph.op("Reshape", x, list(batch, scalar(2), scalar(4), scalar(2), scalar(4), scalar(6)));
    Value sorted =
        graph.node("Transpose", tiles).with("perm", new long[] {0, 1, 3, 2, 4, 5}).output();
    Value count = graph.op("Mul", batch, graph.op("Div", scalar(8), scalar(4)));
    Value windows =
        graph.op("Reshape", sorted, list(graph.op("Mul", count, scalar(2)), scalar(16), scalar(6)));
    Value again = graph.op("Div", size(windows, 0), scalar(4));
    Value back = graph.op("Reshape", windows, list(again, scalar(8), scalar(8), scalar(-1)));
    Shapes shapes = shapes(back);
    assertThat(shapes.of(windows).orElseThrow().toString()).isEqualTo("[4*N, 16, 6]");
    assertThat(shapes.of(back))
        .contains(Shape.of(N, Dimension.of(8), Dimension.of(8), Dimension.of(6)));
  }

  @Test
  void followsTheClassTokenOfATransformer() {
    Value x = image(N, Dimension.of(5), Dimension.of(4));
    Value wanted = list(size(x, 0), scalar(-1), scalar(-1));
    Value ones =
        graph.node("ConstantOfShape", graph.list(3)).with("value", ConstantTensor.list(1)).output();
    Value minus = graph.op("Mul", ones, scalar(-1));
    Value target = graph.op("Where", graph.op("Equal", wanted, minus), ones, wanted);
    Value token = graph.constant(ConstantTensor.floats(new float[4], 1, 1, 4));
    Value joined =
        graph.node("Concat", graph.op("Expand", token, target), x).with("axis", 1).output();
    assertThat(shapeOf(joined)).isEqualTo(Shape.of(N, Dimension.of(6), Dimension.of(4)));
  }

  @Test
  void knowsThatBranchesOfADynamicImageFitTogether() {
    Value x = image(N, Dimension.of(2), H, Dimension.named("W"));
    Value wide = convolution(x, 3, 1);
    Value narrow = convolution(x, 1, 0);
    Value pooled =
        graph
            .node("MaxPool", x)
            .with("kernel_shape", new long[] {3, 3})
            .with("strides", new long[] {2, 2})
            .with("pads", new long[] {1, 1, 1, 1})
            .output();
    Value sum = graph.op("Add", graph.op("Add", wide, narrow), pooled);
    Shapes shapes = shapes(sum);
    assertThat(shapes.of(sum)).isEqualTo(shapes.of(wide)).isEqualTo(shapes.of(pooled));
    assertThat(shapes.of(sum).orElseThrow().axis(2).sameAs(H)).isFalse();
  }

  private Value convolution(Value x, long window, long pad) {
    float[] weights = new float[(int) (4 * window * window)];
    return graph
        .node("Conv", x, graph.constant(ConstantTensor.floats(weights, 2, 2, window, window)))
        .with("strides", new long[] {2, 2})
        .with("pads", new long[] {pad, pad, pad, pad})
        .output();
  }

  @Test
  void resizesToTheSizeOfAnotherValue() {
    Value x = image(N, Dimension.of(3), H, H);
    Value small =
        graph
            .node("MaxPool", x)
            .with("kernel_shape", new long[] {2, 2})
            .with("strides", new long[] {2, 2})
            .output();
    Value place =
        graph.op("Slice", graph.op("Shape", x), graph.list(2), graph.list(4), graph.list(0));
    Value start =
        graph.op("Slice", graph.op("Shape", small), graph.list(0), graph.list(2), graph.list(0));
    Value sizes = graph.node("Concat", start, place).with("axis", 0).output();
    Value large =
        graph.node("Resize", small, Value.NONE, Value.NONE, sizes).with("mode", "nearest").output();
    assertThat(shapeOf(large)).isEqualTo(Shape.of(N, Dimension.of(3), H, H));
  }

  @Test
  void shufflesChannelsOfAnImageOfAnySize() {
    Value x = image(N, Dimension.of(6), H, Dimension.UNKNOWN);
    Value groups =
        graph.op("Reshape", x, list(size(x, 0), scalar(2), scalar(3), size(x, 2), size(x, 3)));
    Value turned =
        graph.node("Transpose", groups).with("perm", new long[] {0, 2, 1, 3, 4}).output();
    Value back = graph.op("Reshape", turned, list(size(x, 0), scalar(-1), size(x, 2), size(x, 3)));
    Shapes shapes = shapes(back);
    assertThat(shapes.of(back)).isEqualTo(shapes.of(x));
  }

  @Test
  void cutsAxesOfAnySize() {
    Value x = image(N, H);
    Value rest = graph.op("Slice", x, graph.list(1), graph.list(Long.MAX_VALUE), graph.list(1));
    Value front = graph.op("Slice", x, graph.list(0), graph.list(-1), graph.list(1));
    Value half =
        graph.op(
            "Slice", x, graph.list(0), list(graph.op("Div", size(x, 1), scalar(2))), graph.list(1));
    Shapes shapes = shapes(graph.op("Add", graph.op("Sub", rest, front), half));
    assertThat(shapes.of(rest)).isPresent().isEqualTo(shapes.of(front));
    assertThat(shapes.of(rest).orElseThrow().axis(1).sameAs(H)).isFalse();
    assertThat(shapes.of(half).orElseThrow().axis(1).toString())
        .isEqualTo("min(quotient(H, 2), H)");
  }

  @Test
  void decidesOnlyWhatHoldsForEverySize() {
    Value x = image(N, H);
    Value n = size(x, 0);
    Value[] tests = {
      graph.op("Equal", n, n),
      graph.op("Equal", n, scalar(-1)),
      graph.op("Equal", n, scalar(1)),
      graph.op("Greater", graph.op("Add", n, scalar(3)), graph.op("Mul", n, scalar(1))),
      graph.op("Less", n, size(x, 1)),
      graph.op("Equal", graph.op("Mod", graph.op("Mul", n, scalar(6)), scalar(3)), scalar(0)),
      graph.op("GreaterOrEqual", graph.op("Max", n, scalar(2)), scalar(0))
    };
    Shapes shapes = shapes(graph.op("Relu", x));
    assertThat(tests)
        .extracting(test -> shapes.content(test).map(content -> content.integer(0)))
        .containsExactly(
            Optional.of(1L),
            Optional.of(0L),
            Optional.empty(),
            Optional.of(1L),
            Optional.empty(),
            Optional.of(1L),
            Optional.of(1L));
  }

  @Test
  void countsElementsAndRanges() {
    Value x = image(N, Dimension.of(3), H);
    Value flat = graph.op("Reshape", x, list(graph.op("Size", x)));
    Value product = graph.node("ReduceProd", graph.op("Shape", x)).with("keepdims", 0).output();
    Value same = graph.op("Reshape", x, list(product));
    Value range = graph.op("Range", scalar(0), size(x, 2), scalar(1));
    Value zeros = graph.op("ConstantOfShape", list(size(x, 0), scalar(2)));
    Shapes shapes = shapes(graph.op("Add", flat, same));
    assertThat(shapes.of(flat)).contains(Shape.of(N.times(H).times(Dimension.of(3))));
    assertThat(shapes.of(same)).isEqualTo(shapes.of(flat));
    assertThat(shapes.of(range)).contains(Shape.of(H));
    assertThat(shapes.of(zeros)).contains(Shape.of(N, Dimension.of(2)));
  }

  @Test
  void doesNotTrustATargetThatMayBeNegative() {
    Value x = image(N, H);
    Value uncertain = graph.op("Sub", size(x, 1), scalar(1));
    Value result = graph.op("Reshape", x, list(uncertain, scalar(7)));
    Shape shape = shapeOf(result);
    assertThat(shape.axis(0)).isEqualTo(Dimension.measured(result, 0));
    assertThat(shape.axis(1)).isEqualTo(Dimension.of(7));
  }

  @Test
  void givesUpFormulasThatGrow() {
    Value x = image(N, H);
    Value size = graph.op("Add", size(x, 0), size(x, 1));
    for (int i = 0; i < 60; i++) {
      size = graph.op("Mul", size, graph.op("Add", size, size(x, 0)));
    }
    Value result = graph.op("Reshape", x, list(size));
    assertThat(shapeOf(result)).isEqualTo(Shape.of(Dimension.measured(result, 0)));
  }

  @Test
  void tellsTheTypeOfEveryOutput() {
    Value x = image(N, Dimension.of(4));
    Value top = graph.node("TopK", x, graph.list(2)).outputs(2).get(1);
    Value filled =
        graph.node("ConstantOfShape", graph.list(2)).with("value", ConstantTensor.list(3)).output();
    Value zeros = graph.op("ConstantOfShape", graph.list(2));
    Value hot =
        graph.op("OneHot", top, scalar(4), graph.constant(ConstantTensor.floats(new float[2], 2)));
    Value range = graph.op("Range", scalar(0), size(x, 0), scalar(1));
    Value truth = graph.op("Not", graph.op("Equal", x, x));
    Value part = graph.node("Split", size(x, 0)).outputs(2).get(1);
    Value one = graph.scalar(1);
    Value quantized = graph.op("QuantizeLinear", x, one);
    Value restored = graph.op("DequantizeLinear", quantized, one);
    Value chosen = graph.op("Where", truth, range, range);
    Value mask = graph.node("Dropout", x).outputs(2).get(1);
    Value indices = graph.node("MaxPool", x).with("kernel_shape", new long[] {1}).outputs(2).get(1);
    Value random = graph.node("RandomNormal").with("shape", new long[] {1}).output();
    Shapes shapes = shapes(graph.op("Relu", x));
    assertThat(
            new Value[] {
              top, filled, zeros, hot, range, truth, part, quantized, restored, chosen, mask,
              indices, random
            })
        .extracting(value -> shapes.typeOf(value).orElse(ElementType.UNDEFINED))
        .containsExactly(
            ElementType.INT64,
            ElementType.INT64,
            ElementType.FLOAT,
            ElementType.FLOAT,
            ElementType.INT64,
            ElementType.BOOL,
            ElementType.INT64,
            ElementType.UINT8,
            ElementType.FLOAT,
            ElementType.INT64,
            ElementType.BOOL,
            ElementType.INT64,
            ElementType.FLOAT);
  }
}
