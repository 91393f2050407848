package io.hone.onnx.shape;

import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Shapes of what slides a window over an image. */
final class WindowShapes {
  private WindowShapes() {}

  static void convolution(Node node, Shapes shapes) {
    Optional<Shape> image = shapes.of(node.input(0));
    Optional<Shape> kernel = shapes.of(node.input(1));
    if (image.isPresent() && kernel.isPresent()) {
      long[] window = Arrays.copyOfRange(kernel.get().sizes(), 2, kernel.get().rank());
      slide(node, shapes, image.get(), kernel.get().axis(0), window);
    }
  }

  static void pool(Node node, Shapes shapes) {
    Optional<Shape> image = shapes.of(node.input(0));
    Optional<long[]> window = node.integers("kernel_shape");
    if (image.isPresent() && window.isPresent()) {
      slide(node, shapes, image.get(), image.get().axis(1), window.get());
    }
  }

  private static void slide(
      Node node, Shapes shapes, Shape image, Dimension channels, long[] window) {
    List<Dimension> dimensions = new ArrayList<>(List.of(image.axis(0), channels));
    for (int i = 0; i < window.length; i++) {
      dimensions.add(slide(node, image.axis(i + 2), window[i], i, window.length));
    }
    node.outputs().forEach(output -> shapes.tell(output, new Shape(dimensions)));
  }

  private static Dimension slide(Node node, Dimension size, long window, int axis, int axes) {
    if (window < 0) {
      return Dimension.UNKNOWN;
    }
    long stride = at(node, "strides", axis, 1);
    long extent = (window - 1) * at(node, "dilations", axis, 1) + 1;
    String auto = node.text("auto_pad", "NOTSET");
    if (auto.startsWith("SAME")) {
      if (!size.isFixed()) {
        return stride == 1 ? size : Dimension.derived("tiles", size, Dimension.of(stride));
      }
      return Dimension.of((size.size() + stride - 1) / stride);
    }
    long before = auto.equals("VALID") ? 0 : at(node, "pads", axis, 0);
    long pads = auto.equals("VALID") ? 0 : before + at(node, "pads", axis + axes, 0);
    if (!size.isFixed()) {
      boolean up = node.integer("ceil_mode", 0) != 0 && stride > 1;
      return up
          ? derived("windows, rounded up", size, before, pads, extent, stride)
          : windows(size, pads - extent, stride);
    }
    long room = size.size() + pads - extent;
    if (node.integer("ceil_mode", 0) == 0) {
      return Dimension.of(Math.floorDiv(room, stride) + 1);
    }
    long windows = Math.floorDiv(room + stride - 1, stride) + 1;
    // A last window that would start behind the image is not counted.
    boolean behind = (windows - 1) * stride >= size.size() + before;
    return Dimension.of(behind ? windows - 1 : windows);
  }

  /** Sizes that a run tells: the same formula is the same size, on whatever branch it is. */
  private static Dimension windows(Dimension size, long room, long stride) {
    return stride == 1 ? changed(size, room + 1) : derived("windows", size, room, stride);
  }

  private static Dimension changed(Dimension size, long by) {
    return by >= 0 ? size.plus(Dimension.of(by)) : Cuts.shorter(size, -by);
  }

  private static Dimension derived(String rule, Dimension size, long... numbers) {
    Dimension[] operands = new Dimension[numbers.length + 1];
    operands[0] = size;
    for (int i = 0; i < numbers.length; i++) {
      operands[i + 1] = Dimension.of(numbers[i]);
    }
    return Dimension.derived(rule, operands);
  }

  static void transposedConvolution(Node node, Shapes shapes) {
    Optional<Shape> image = shapes.of(node.input(0));
    Optional<Shape> kernel = shapes.of(node.input(1));
    if (image.isEmpty() || kernel.isEmpty()) {
      return;
    }
    long perGroup = kernel.get().axis(1).size();
    List<Dimension> dimensions = new ArrayList<>();
    dimensions.add(image.get().axis(0));
    dimensions.add(
        perGroup < 0 ? Dimension.UNKNOWN : Dimension.of(perGroup * node.integer("group", 1)));
    int axes = kernel.get().rank() - 2;
    for (int i = 0; i < axes; i++) {
      dimensions.add(
          spread(node, image.get().axis(i + 2), kernel.get().axis(i + 2).size(), i, axes));
    }
    shapes.tell(node.output(0), new Shape(dimensions));
  }

  private static Dimension spread(Node node, Dimension size, long window, int axis, int axes) {
    Optional<long[]> told = node.integers("output_shape");
    if (told.isPresent()) {
      long[] sizes = told.get();
      return Dimension.of(sizes[sizes.length - axes + axis]);
    }
    if (window < 0) {
      return Dimension.UNKNOWN;
    }
    long stride = at(node, "strides", axis, 1);
    String auto = node.text("auto_pad", "NOTSET");
    long extent = (window - 1) * at(node, "dilations", axis, 1) + 1;
    long rest = at(node, "output_padding", axis, 0);
    if (auto.startsWith("SAME")) {
      // Windows that leave gaps cannot be padded to the size the specification names.
      return extent + rest < stride ? Dimension.UNKNOWN : size.times(Dimension.of(stride));
    }
    long pads =
        auto.equals("VALID") ? 0 : at(node, "pads", axis, 0) + at(node, "pads", axis + axes, 0);
    return changed(size.times(Dimension.of(stride)), rest + extent - pads - stride);
  }

  static void patches(Node node, Shapes shapes) {
    Optional<Shape> patches = shapes.of(node.input(0));
    Optional<List<Dimension>> image = shapes.list(node.input(1));
    Optional<long[]> block = shapes.integers(node.input(2));
    if (patches.isPresent() && image.isPresent() && block.isPresent()) {
      long pixels = Arrays.stream(block.get()).reduce(1, (a, b) -> a * b);
      Dimension rows = patches.get().axis(1);
      List<Dimension> dimensions = new ArrayList<>();
      dimensions.add(patches.get().axis(0));
      dimensions.add(rows.isFixed() ? Dimension.of(rows.size() / pixels) : Dimension.UNKNOWN);
      dimensions.addAll(image.get());
      shapes.tell(node.output(0), new Shape(dimensions));
    }
  }

  static void gridSample(Node node, Shapes shapes) {
    Optional<Shape> image = shapes.of(node.input(0));
    Optional<Shape> grid = shapes.of(node.input(1));
    if (image.isPresent() && grid.isPresent()) {
      Shape result = image.get();
      for (int axis = 2; axis < result.rank(); axis++) {
        result = result.with(axis, grid.get().axis(axis - 1));
      }
      shapes.tell(node.output(0), result);
    }
  }

  static void unpool(Node node, Shapes shapes) {
    Optional<Shape> source = shapes.of(node.input(0));
    if (source.isEmpty()) {
      return;
    }
    Shape result = source.get();
    Optional<List<Dimension>> told = shapes.list(node.input(2));
    for (int axis = 2; axis < result.rank(); axis++) {
      result = result.with(axis, Dimension.UNKNOWN);
    }
    shapes.tell(node.output(0), told.map(Shape::new).orElse(result));
  }

  static void globalPool(Node node, Shapes shapes) {
    shapes
        .of(node.input(0))
        .ifPresent(
            image -> {
              Shape result = image;
              for (int axis = 2; axis < image.rank(); axis++) {
                result = result.with(axis, Dimension.of(1));
              }
              shapes.tell(node.output(0), result);
            });
  }

  private static long at(Node node, String attribute, int index, long missing) {
    return node.integers(attribute).map(list -> list[index]).orElse(missing);
  }
}
