package io.hone.onnx.gradient.operator;

import io.hone.onnx.gradient.rule.BackwardStep;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.Shape;
import java.util.Arrays;
import java.util.Optional;

/** What a ConvTranspose cuts from the borders of its full result. */
final class TransposedPads {
  private TransposedPads() {}

  static long[] of(BackwardStep step, long[] size) {
    Node node = step.node();
    int axes = size.length;
    String auto = node.text("auto_pad", "NOTSET");
    Optional<long[]> told = node.integers("output_shape");
    if (told.isEmpty() && !auto.startsWith("SAME")) {
      long[] none = new long[2 * axes];
      return auto.equals("VALID") ? none : node.integers("pads").orElse(none);
    }
    long[] ones = new long[axes];
    Arrays.fill(ones, 1);
    long[] strides = node.integers("strides").orElse(ones);
    long[] dilations = node.integers("dilations").orElse(ones);
    long[] rest = node.integers("output_padding").orElse(new long[axes]);
    long[] pads = new long[2 * axes];
    for (int axis = 0; axis < axes; axis++) {
      long extent = (size[axis] - 1) * dilations[axis] + 1;
      long total;
      if (told.isEmpty()) {
        // The result is stride times as large as the image, whatever that is.
        total = extent - strides[axis] + rest[axis];
      } else {
        long image = imageSize(step, axis);
        long wanted = told.get()[told.get().length - axes + axis];
        total = strides[axis] * (image - 1) + rest[axis] + extent - wanted;
      }
      long cut = Math.max(0, total);
      boolean upper = auto.equals("SAME_UPPER");
      pads[axis] = upper ? cut / 2 : cut - cut / 2;
      pads[axis + axes] = cut - pads[axis];
    }
    return pads;
  }

  private static long imageSize(BackwardStep step, int axis) {
    Optional<Shape> shape = step.shape(step.x(0));
    long size = shape.map(known -> known.axis(axis + 2).size()).orElse(-1L);
    if (size < 0) {
      throw step.refuse("its output_shape is fixed but the size of its image is not known");
    }
    return size;
  }
}
