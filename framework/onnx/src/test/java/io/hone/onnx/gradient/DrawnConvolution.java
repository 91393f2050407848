package io.hone.onnx.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import io.hone.onnx.support.Array;
import io.hone.onnx.support.Evaluator;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A convolution of drawn shapes whose kernel is fed, and the gradient of its kernel by the sum that
 * defines it, in double precision.
 */
record DrawnConvolution(
    int group,
    long[] strides,
    long[] dilations,
    long[] pads,
    Array image,
    Array kernel,
    Array cotangent,
    long[] windows) {

  /** A convolution of a square image with a square kernel, without pads. */
  record Written(int group, int in, int out, int kernel, int stride, int dilation, int side) {
    /** Returns it as a model of inputs {@code image} and {@code kernel}. */
    OnnxModel model() {
      long[] image = {-1, (long) group * in, side, side};
      long[] sizes = {(long) group * out, in, kernel, kernel};
      long[] strides = {stride, stride};
      return write(
          group, shape(image), sizes, strides, new long[] {dilation, dilation}, new long[4]);
    }
  }

  static DrawnConvolution draw(Random random) {
    return draw(random, 1);
  }

  /**
   * Draws a convolution.
   *
   * @param channels of a group of the image at least, but for depthwise convolutions
   */
  static DrawnConvolution draw(Random random, int channels) {
    int axes = new int[] {2, 2, 2, 1, 3}[random.nextInt(5)];
    boolean unit = random.nextBoolean();
    int group = new int[] {1, 1, 2, 8}[random.nextInt(4)];
    boolean depthwise = group == 8;
    long in = depthwise ? 1 : channels + random.nextInt(5);
    long out = depthwise ? 1 : 1 + random.nextInt(5);
    long batch = 1 + random.nextInt(3);
    boolean point = random.nextInt(5) == 0;
    long[] kernel = LongStream.range(0, axes).map(i -> point ? 1 : 1 + random.nextInt(3)).toArray();
    long[] strides = LongStream.range(0, axes).map(i -> unit ? 1 : 1 + random.nextInt(3)).toArray();
    boolean dilated = random.nextInt(3) == 0;
    long[] dilations =
        LongStream.range(0, axes).map(i -> dilated ? 1 + random.nextInt(3) : 1).toArray();
    long[] pads = LongStream.range(0, 2L * axes).map(i -> point ? 0 : random.nextInt(3)).toArray();
    long[] plane = new long[axes];
    long[] windows = new long[axes];
    for (int axis = 0; axis < axes; axis++) {
      long extent = (kernel[axis] - 1) * dilations[axis] + 1;
      plane[axis] = extent + random.nextInt(5);
      long padded = plane[axis] + pads[axis] + pads[axis + axes];
      windows[axis] = (padded - extent) / strides[axis] + 1;
    }
    long[] image = joined(new long[] {batch, group * in}, plane);
    long[] sizes = joined(new long[] {group * out, in}, kernel);
    long[] results = joined(new long[] {group * out}, windows);
    long features = Arrays.stream(results).reduce(1, (a, b) -> a * b);
    return new DrawnConvolution(
        group,
        strides,
        dilations,
        pads,
        Array.uniform(random, -1, 1, image),
        Array.uniform(random, -1, 1, sizes),
        Array.uniform(random, -1, 1, batch, features),
        windows);
  }

  /**
   * Draws a convolution whose windows are as many as {@code size / stride}, rounded up.
   *
   * @param upper whether the odd pad is behind the image
   */
  static DrawnConvolution drawSame(Random random, boolean upper) {
    int group = 1 + random.nextInt(2);
    long in = 1 + random.nextInt(4);
    long out = 1 + random.nextInt(4);
    long[] kernel = {1 + random.nextInt(4), 1 + random.nextInt(4)};
    long[] strides = {1 + random.nextInt(3), 1 + random.nextInt(3)};
    long[] plane = {4 + random.nextInt(5), 4 + random.nextInt(5)};
    long[] pads = new long[4];
    long[] windows = new long[2];
    for (int axis = 0; axis < 2; axis++) {
      windows[axis] = (plane[axis] + strides[axis] - 1) / strides[axis];
      long read = (windows[axis] - 1) * strides[axis] + kernel[axis];
      long total = Math.max(0, read - plane[axis]);
      pads[axis] = upper ? total / 2 : total - total / 2;
      pads[axis + 2] = total - pads[axis];
    }
    return new DrawnConvolution(
        group,
        strides,
        new long[] {1, 1},
        pads,
        Array.uniform(random, -1, 1, joined(new long[] {2, group * in}, plane)),
        Array.uniform(random, -1, 1, joined(new long[] {group * out, in}, kernel)),
        Array.uniform(random, -1, 1, 2, group * out * windows[0] * windows[1]),
        windows);
  }

  private static long[] joined(long[] first, long[] second) {
    return LongStream.concat(LongStream.of(first), LongStream.of(second)).toArray();
  }

  /**
   * Runs a differentiated form of the convolution, and compares its gradient.
   *
   * @param shape that the gradient has
   * @param expected the gradient by its definition
   */
  void check(DifferentiatedModel differentiated, long[] shape, double[] expected) {
    try (Evaluator evaluator = new Evaluator(differentiated.model())) {
      Array gradient =
          evaluator
              .run(Map.of("image", image, "kernel", kernel, differentiated.lossInput(), cotangent))
              .get(differentiated.gradient());
      assertThat(gradient.shape()).as("%s", this).isEqualTo(shape);
      double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
      for (int i = 0; i < expected.length; i++) {
        assertThat((double) gradient.content()[i])
            .as("gradient %s of %s", i, this)
            .isBetween(expected[i] - 1e-5 * largest, expected[i] + 1e-5 * largest);
      }
    }
  }

  /**
   * Returns the convolution as a model of inputs {@code image} and {@code kernel}.
   *
   * @param anySize whether the size of the image is left open
   */
  OnnxModel model(boolean anySize) {
    long[] sizes = image.shape().clone();
    sizes[0] = -1;
    if (anySize) {
      Arrays.fill(sizes, 2, sizes.length, -1);
    }
    return write(group, shape(sizes), kernel.shape(), strides, dilations, pads);
  }

  private static Shape shape(long[] sizes) {
    return Shape.of(
        IntStream.range(0, sizes.length)
            .mapToObj(i -> sizes[i] < 0 ? Dimension.named("axis" + i) : Dimension.of(sizes[i]))
            .toArray(Dimension[]::new));
  }

  private static OnnxModel write(
      int group, Shape image, long[] kernel, long[] strides, long[] dilations, long[] pads) {
    GraphEditor graph = GraphEditor.create(18);
    Value pixels = graph.input("image", ElementType.FLOAT, image);
    Value weights = graph.input("kernel", ElementType.FLOAT, Shape.of(kernel));
    Value result =
        graph
            .node("Conv", pixels, weights)
            .with("group", group)
            .with("kernel_shape", Arrays.copyOfRange(kernel, 2, kernel.length))
            .with("strides", strides)
            .with("dilations", dilations)
            .with("pads", pads)
            .output();
    graph.output("scores", graph.node("Flatten", result).output());
    return graph.build("convolution");
  }

  /** Returns the sum over images and windows, element by element of the kernel. */
  double[] kernelGradient() {
    double[] sums = new double[kernel.content().length];
    float[] slopes = cotangent.content();
    float[] pixels = image.content();
    forEachProduct(
        (slope, pixel, weight) -> sums[weight] += (double) slopes[slope] * pixels[pixel]);
    return sums;
  }

  /** Returns the sum over windows and places of the kernel, element by element of the image. */
  double[] imageGradient() {
    double[] sums = new double[image.content().length];
    float[] slopes = cotangent.content();
    float[] weights = kernel.content();
    forEachProduct(
        (slope, pixel, weight) -> sums[pixel] += (double) slopes[slope] * weights[weight]);
    return sums;
  }

  /** Takes the places of what the convolution multiplies, in the result, image and kernel. */
  private interface Product {
    void accept(int result, int pixel, int weight);
  }

  private void forEachProduct(Product product) {
    int axes = windows.length;
    long[] outs = joined(new long[] {image.shape()[0], kernel.shape()[0]}, windows);
    long[] channels = {kernel.shape()[1]};
    long[] window = Arrays.copyOfRange(kernel.shape(), 2, 2 + axes);
    int perFilter = (int) (kernel.content().length / outs[1]);
    for (int out = 0; out < cotangent.content().length; out++) {
      long[] at = place(out, outs);
      for (int inner = 0; inner < perFilter; inner++) {
        long[] in = place(inner, joined(channels, window));
        long[] pixel = new long[axes + 2];
        pixel[0] = at[0];
        pixel[1] = at[1] / (outs[1] / group) * channels[0] + in[0];
        for (int axis = 0; axis < axes; axis++) {
          pixel[axis + 2] =
              at[axis + 2] * strides[axis] + in[axis + 1] * dilations[axis] - pads[axis];
        }
        int index = index(pixel);
        if (index >= 0) {
          product.accept(out, index, (int) at[1] * perFilter + inner);
        }
      }
    }
  }

  /** Returns where a pixel is in the image, or -1 if it is a pad. */
  private int index(long[] place) {
    int index = 0;
    for (int axis = 0; axis < place.length; axis++) {
      if (place[axis] < 0 || place[axis] >= image.shape()[axis]) {
        return -1;
      }
      index = (int) (index * image.shape()[axis] + place[axis]);
    }
    return index;
  }

  private static long[] place(int index, long[] sizes) {
    long[] place = new long[sizes.length];
    long rest = index;
    for (int axis = sizes.length - 1; axis >= 0; axis--) {
      place[axis] = rest % sizes[axis];
      rest /= sizes[axis];
    }
    return place;
  }

  @Override
  public String toString() {
    return Stream.of(image.shape(), kernel.shape(), strides, dilations, pads)
        .map(Arrays::toString)
        .reduce("group " + group, (all, one) -> all + " " + one);
  }
}
