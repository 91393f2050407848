package io.hone.onnx.simplify;

import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.shape.Window;

/**
 * Which pixels of an image a convolution of two axes multiplies for each pixel of its result.
 *
 * @param channelsIn of the image
 * @param channelsOut of the result
 * @param rows how the window moves down
 * @param columns how the window moves to the right
 */
record PlaneWindow(int channelsIn, int channelsOut, Axis rows, Axis columns) {
  /**
   * One axis of a window.
   *
   * @param image pixels of the image
   * @param kernel pixels of the kernel
   * @param result pixels of the result
   * @param stride steps between windows
   * @param dilation steps inside a window
   * @param pad zeros before the image
   */
  record Axis(int image, int kernel, int result, long stride, long dilation, long pad) {
    static Axis of(Window window, int axis, Shape image, Shape result) {
      long[] plane = {size(image, 2), size(image, 3)};
      return new Axis(
          size(image, axis + 2),
          Math.toIntExact(window.size()[axis]),
          size(result, axis + 2),
          window.strides()[axis],
          window.dilations()[axis],
          window.padsFor(plane)[axis]);
    }

    /** Returns the image's pixel under a pixel of the kernel, or -1 for a pad. */
    int pixel(int step, int place) {
      long pixel = step * stride + place * dilation - pad;
      return pixel >= 0 && pixel < image ? (int) pixel : -1;
    }
  }

  static PlaneWindow of(Node node, Shape kernel, Shape image, Shape result) {
    Window window = Window.of(node, new long[] {size(kernel, 2), size(kernel, 3)});
    return new PlaneWindow(
        size(kernel, 1),
        size(kernel, 0),
        Axis.of(window, 0, image, result),
        Axis.of(window, 1, image, result));
  }

  private static int size(Shape shape, int axis) {
    return Math.toIntExact(shape.axis(axis).size());
  }

  long imagePixels() {
    return (long) rows.image() * columns.image();
  }

  long kernelPixels() {
    return (long) rows.kernel() * columns.kernel();
  }

  private long resultPixels() {
    return (long) rows.result() * columns.result();
  }

  /** Returns how many numbers an image has. */
  long imageRow() {
    return channelsIn * imagePixels();
  }

  /** Returns how many numbers the result has for an image. */
  long resultRow() {
    return channelsOut * resultPixels();
  }

  long matrixElements() {
    return Math.multiplyExact(imageRow(), resultRow());
  }

  /** Returns the shape of the result, with 0 for the batch as Reshape reads it. */
  long[] resultShape() {
    return new long[] {0, channelsOut, rows.result(), columns.result()};
  }

  /**
   * Returns the matrix {@code [image row, result row]} that a flat image is multiplied by.
   *
   * @param kernel {@code [out, in, height, width]}
   */
  float[] matrix(float[] kernel) {
    int wide = Math.toIntExact(resultRow());
    float[] matrix = new float[Math.toIntExact(matrixElements())];
    int from = 0;
    for (int out = 0; out < channelsOut; out++) {
      for (int in = 0; in < channelsIn; in++) {
        for (int down = 0; down < rows.kernel(); down++) {
          for (int right = 0; right < columns.kernel(); right++) {
            spread(kernel[from++], out, in, down, right, matrix, wide);
          }
        }
      }
    }
    return matrix;
  }

  /** Puts one number of the kernel at each place where a window multiplies by it. */
  private void spread(
      float weight, int out, int in, int down, int right, float[] matrix, int wide) {
    for (int y = 0; y < rows.result(); y++) {
      int row = rows.pixel(y, down);
      for (int x = 0; row >= 0 && x < columns.result(); x++) {
        int column = columns.pixel(x, right);
        if (column >= 0) {
          int image = (in * rows.image() + row) * columns.image() + column;
          int result = (out * rows.result() + y) * columns.result() + x;
          matrix[image * wide + result] = weight;
        }
      }
    }
  }

  /** Returns a number of each channel for each pixel of the result. */
  float[] repeated(float[] ofChannels) {
    int pixels = Math.toIntExact(resultPixels());
    float[] ofPixels = new float[channelsOut * pixels];
    for (int at = 0; at < ofPixels.length; at++) {
      ofPixels[at] = ofChannels[at / pixels];
    }
    return ofPixels;
  }
}
