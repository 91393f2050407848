package io.hone.bench.kernel;

import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;

/**
 * A convolution of square images with square kernels.
 *
 * @param batch number of images
 * @param in channels of the image
 * @param out channels of the result
 * @param side pixels of the image's side
 * @param kernel pixels of the kernel's side
 * @param stride along both axes
 * @param pad zeros around the image
 * @param group into how many groups channels are split
 */
public record ConvolutionShape(
    int batch, int in, int out, int side, int kernel, int stride, int pad, int group) {

  /** Returns a convolution of one group whose pads keep the side at stride 1. */
  public static ConvolutionShape of(int batch, int in, int out, int side, int kernel, int stride) {
    return new ConvolutionShape(batch, in, out, side, kernel, stride, kernel / 2, 1);
  }

  /** Returns the same with every channel on its own. */
  public ConvolutionShape depthwise() {
    return new ConvolutionShape(batch, in, in, side, kernel, stride, pad, in);
  }

  /** Returns pixels of the result's side. */
  public int windows() {
    return (side + 2 * pad - kernel) / stride + 1;
  }

  /** Returns billions of multiplications and additions that the kernel's gradient takes. */
  public double billions() {
    double places = (double) kernel * kernel * windows() * windows();
    return 2.0 * batch * in / group * out * places / 1e9;
  }

  /** Returns the shape of the images. */
  long[] images() {
    return new long[] {batch, in, side, side};
  }

  /** Returns the shape of the kernel. */
  long[] kernels() {
    return new long[] {out, in / group, kernel, kernel};
  }

  /** Returns how many numbers the result has for an image. */
  long features() {
    return (long) out * windows() * windows();
  }

  /** Returns the convolution, of inputs {@code image} and {@code kernel} and any batch. */
  OnnxModel model() {
    GraphEditor graph = GraphEditor.create(18);
    Shape images = Shape.of(images()).with(0, Dimension.named("N"));
    Value image = graph.input("image", ElementType.FLOAT, images);
    Value weights = graph.input("kernel", ElementType.FLOAT, Shape.of(kernels()));
    Value result =
        graph
            .node("Conv", image, weights)
            .with("group", group)
            .with("strides", new long[] {stride, stride})
            .with("pads", new long[] {pad, pad, pad, pad})
            .output();
    graph.output("scores", graph.node("Flatten", result).output());
    return graph.build("convolution");
  }

  @Override
  public String toString() {
    String channels = group == 1 ? in + " to " + out : in + " alone";
    return "%s, %d x %d, stride %d, side %d, batch %d"
        .formatted(channels, kernel, kernel, stride, side, batch);
  }
}
