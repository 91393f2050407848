package io.hone.bench.kernel;

import io.hone.onnx.gradient.rule.BackwardStep;
import io.hone.onnx.gradient.rule.OperatorGradient;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Gradients of kernels by matrix products of shifted images, which Hone does not use: what its own
 * forms are compared with. They take kernels of one group with square pads.
 */
public final class ShiftedProducts {
  private static final String CONVOLUTION = "Conv";

  private final BackwardStep step;
  private final int kernel;
  private final int stride;
  private final int pad;
  private final int side;
  private final int windows;
  private final long in;
  private final long out;

  private ShiftedProducts(BackwardStep step) {
    Node node = step.node();
    Shape weights = step.shape(step.x(1)).orElseThrow();
    this.step = step;
    this.out = weights.axis(0).size();
    this.in = weights.axis(1).size();
    this.kernel = (int) weights.axis(2).size();
    this.stride = (int) node.integers("strides").orElseThrow()[0];
    this.pad = (int) node.integers("pads").orElseThrow()[0];
    this.side = (int) step.shape(step.x(0)).orElseThrow().axis(2).size() + 2 * pad;
    this.windows = (int) step.shape(step.y()).orElseThrow().axis(2).size();
    if (node.integer("group", 1) != 1) {
      throw step.refuse("shifted products take one group");
    }
  }

  private ShiftedProducts ofUnitStride() {
    if (stride != 1) {
      throw step.refuse("these shifted products take unit strides");
    }
    return this;
  }

  /** A product for each place of the kernel, with what its windows read there cut out. */
  public static OperatorGradient slices() {
    return OperatorGradient.of(CONVOLUTION, step -> step.give(1, new ShiftedProducts(step).cut()));
  }

  /** The same for unit strides, from one frame in which each shift is a piece without gaps. */
  public static OperatorGradient frame() {
    return OperatorGradient.of(
        CONVOLUTION, step -> step.give(1, new ShiftedProducts(step).ofUnitStride().framed()));
  }

  /** For unit strides: rows of the image shifted down by columns of the gradient shifted right. */
  public static OperatorGradient rowsByColumns() {
    return OperatorGradient.of(
        CONVOLUTION, step -> step.give(1, new ShiftedProducts(step).ofUnitStride().batched()));
  }

  private Value padded(Value value, long before, long after) {
    return step.op(
        "Pad", value, step.list(before, before, after, after), Value.NONE, step.list(2, 3));
  }

  private Value channelsFirst(Value value) {
    return step.graph().node("Transpose", value).with("perm", new long[] {1, 0, 2, 3}).output();
  }

  private Value slice(Value value, long[] starts, long[] ends, long[] axes, long[] steps) {
    return step.op(
        "Slice", value, step.list(starts), step.list(ends), step.list(axes), step.list(steps));
  }

  private Value cut() {
    Value image = channelsFirst(padded(step.x(0), pad, pad));
    Value gradient = step.op("Reshape", channelsFirst(step.gradient()), step.list(out, -1));
    long reach = (long) (windows - 1) * stride + 1;
    return places(
        place -> {
          long row = place / kernel;
          long column = place % kernel;
          Value read =
              slice(
                  image,
                  new long[] {row, column},
                  new long[] {row + reach, column + reach},
                  new long[] {2, 3},
                  new long[] {stride, stride});
          return product(gradient, step.op("Reshape", read, step.list(in, -1)));
        });
  }

  private Value framed() {
    Value image = step.op("Reshape", channelsFirst(padded(step.x(0), pad, pad)), step.list(in, -1));
    Value frame = padded(channelsFirst(step.gradient()), 0, (long) side - windows);
    long reach = (kernel - 1) * (side + 1L);
    Value gradient = piece(step.op("Reshape", frame, step.list(out, -1)), 0, reach);
    return places(
        place -> {
          long start = (long) (place / kernel) * side + place % kernel;
          return product(gradient, piece(image, start, reach - start));
        });
  }

  private Value piece(Value rows, long start, long leftOut) {
    long end = leftOut == 0 ? Long.MAX_VALUE : -leftOut;
    return slice(rows, new long[] {start}, new long[] {end}, new long[] {1}, new long[] {1});
  }

  private Value product(Value gradient, Value image) {
    return step.graph().node("Gemm", gradient, image).with("transB", 1).output();
  }

  private Value places(IntFunction<Value> product) {
    Value[] all =
        IntStream.range(0, kernel * kernel)
            .mapToObj(product)
            .map(one -> step.op("Reshape", one, step.list(out, in, 1)))
            .toArray(Value[]::new);
    Value together = step.graph().node("Concat", all).with("axis", 2).output();
    return step.reshapeLike(together, step.x(1));
  }

  private Value batched() {
    Value image = padded(step.x(0), pad, pad);
    long pixels = (long) windows * side;
    Value rows =
        joined(
            down ->
                slice(
                    image,
                    new long[] {down},
                    new long[] {(long) down + windows},
                    new long[] {2},
                    new long[] {1}),
            kernel * in,
            pixels);
    Value columns =
        joined(
            right ->
                step.op(
                    "Pad",
                    step.gradient(),
                    step.list(right, (long) side - windows - right),
                    Value.NONE,
                    step.list(3)),
            kernel * out,
            pixels);
    Value turned = step.graph().node("Transpose", rows).with("perm", new long[] {0, 2, 1}).output();
    Value products = step.op("MatMul", columns, turned);
    Value sum = step.graph().node("ReduceSum", products, step.list(0)).with("keepdims", 0).output();
    Value apart = step.op("Reshape", sum, step.list(kernel, out, kernel, in));
    return step.graph().node("Transpose", apart).with("perm", new long[] {1, 3, 2, 0}).output();
  }

  private Value joined(IntFunction<Value> shift, long channels, long pixels) {
    List<Value> all = IntStream.range(0, kernel).mapToObj(shift).toList();
    Value together =
        step.graph().node("Concat", all.toArray(Value[]::new)).with("axis", 1).output();
    return step.op("Reshape", together, step.list(-1, channels, pixels));
  }
}
