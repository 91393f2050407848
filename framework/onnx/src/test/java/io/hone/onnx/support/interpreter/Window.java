package io.hone.onnx.support.interpreter;

import io.hone.onnx.graph.Node;

/**
 * One spatial axis of a convolution or pool.
 *
 * @param size of the input
 * @param kernel of the window
 * @param stride from window to window
 * @param dilation from one element of the window to the next
 * @param before padding before the first element
 * @param after padding behind the last element
 * @param count of windows
 */
record Window(int size, int kernel, int stride, int dilation, int before, int after, int count) {
  /** Reads one of an operator's two spatial axes. */
  static Window of(Node node, int axis, int size, int kernel) {
    int stride = entry(node, "strides", axis, 1);
    int dilation = entry(node, "dilations", axis, 1);
    int reach = dilation * (kernel - 1) + 1;
    String automatic = node.text("auto_pad", "NOTSET");
    int before = 0;
    int after = 0;
    switch (automatic) {
      case "SAME_UPPER", "SAME_LOWER" -> {
        int all = Math.max(0, ((size + stride - 1) / stride - 1) * stride + reach - size);
        before = automatic.equals("SAME_UPPER") ? all / 2 : all - all / 2;
        after = all - before;
      }
      case "NOTSET" -> {
        before = entry(node, "pads", axis, 0);
        after = entry(node, "pads", axis + 2, 0);
      }
      default -> {
        // VALID: no padding.
      }
    }
    int room = size + before + after - reach;
    int count = room / stride + 1;
    if (node.integer("ceil_mode", 0) != 0) {
      count = (room + stride - 1) / stride + 1;
      // No window starts in the padding behind the image.
      count -= (count - 1) * stride >= size + before ? 1 : 0;
    }
    return new Window(size, kernel, stride, dilation, before, after, count);
  }

  private static int entry(Node node, String attribute, int index, int missing) {
    return node.integers(attribute).map(list -> (int) list[index]).orElse(missing);
  }

  /** Returns the place in the image that an element of a window reads; may be in the padding. */
  int place(int window, int element) {
    return window * stride - before + element * dilation;
  }

  boolean inside(int place) {
    return place >= 0 && place < size;
  }

  /** Returns whether a place is in the image or its padding. */
  boolean padded(int place) {
    return place >= -before && place < size + after;
  }
}
