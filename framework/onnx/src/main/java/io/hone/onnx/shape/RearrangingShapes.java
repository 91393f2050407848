package io.hone.onnx.shape;

import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Shapes of what moves, joins, cuts or repeats elements, and the shape arithmetic around it. */
final class RearrangingShapes {
  private RearrangingShapes() {}

  private static int clamp(long index, int length) {
    return (int) Math.max(0, Math.min(length, index < 0 ? index + length : index));
  }

  static void concat(Node node, Shapes shapes) {
    Optional<Shape> first = shapes.of(node.input(0));
    if (first.isEmpty()) {
      return;
    }
    int axis = (int) node.integer("axis", 0);
    Dimension size = Dimension.of(0);
    for (Value input : node.inputs()) {
      Dimension part = shapes.of(input).map(shape -> shape.axis(axis)).orElse(Dimension.UNKNOWN);
      size = size.plus(part);
    }
    shapes.tell(node.output(0), first.get().with(axis, size));
  }

  static void expand(Node node, Shapes shapes) {
    Optional<Shape> shape = shapes.of(node.input(0));
    Optional<List<Dimension>> wanted = shapes.list(node.input(1));
    if (shape.isPresent() && wanted.isPresent()) {
      List<Dimension> sizes =
          wanted.get().stream().map(size -> size.isAtLeast(0) ? size : Dimension.UNKNOWN).toList();
      shapes.tell(node.output(0), ShapeRules.broadcast(shape.get(), new Shape(sizes)));
    }
  }

  static void flatten(Node node, Shapes shapes) {
    shapes
        .of(node.input(0))
        .ifPresent(
            shape -> {
              int axis = clamp(node.integer("axis", 1), shape.rank());
              shapes.tell(
                  node.output(0),
                  Shape.of(
                      TrackedRules.product(shape.dimensions().subList(0, axis)),
                      TrackedRules.product(shape.dimensions().subList(axis, shape.rank()))));
            });
  }

  static void gather(Node node, Shapes shapes) {
    long axis = node.integer("axis", 0);
    Optional<Shape> data = shapes.of(node.input(0));
    Optional<Shape> index = shapes.of(node.input(1));
    if (data.isPresent() && index.isPresent()) {
      List<Dimension> dimensions = new ArrayList<>(data.get().dimensions());
      int at = (int) (axis < 0 ? axis + data.get().rank() : axis);
      dimensions.remove(at);
      dimensions.addAll(at, index.get().dimensions());
      shapes.tell(node.output(0), new Shape(dimensions));
    }
  }

  static void pad(Node node, Shapes shapes) {
    Optional<Shape> shape = shapes.of(node.input(0));
    Optional<long[]> pads = shapes.integers(node.input(1));
    if (shape.isEmpty()) {
      return;
    }
    int rank = shape.get().rank();
    long[] axes = new long[rank];
    Arrays.setAll(axes, axis -> axis);
    if (!node.input(3).isAbsent()) {
      axes = shapes.integers(node.input(3)).orElse(null);
    }
    Shape result = shape.get();
    for (int i = 0; i < rank && (axes == null || pads.isEmpty()); i++) {
      result = result.with(i, Dimension.UNKNOWN);
    }
    for (int i = 0; axes != null && pads.isPresent() && i < axes.length; i++) {
      long total = pads.get()[i] + pads.get()[i + axes.length];
      Dimension size = shape.get().axis((int) axes[i]);
      if (total != 0) {
        result =
            result.with(
                (int) axes[i],
                total > 0 ? size.plus(Dimension.of(total)) : Cuts.shorter(size, -total));
      }
    }
    shapes.tell(node.output(0), result);
  }

  static void reshape(Node node, Shapes shapes) {
    Optional<List<Dimension>> wanted = shapes.list(node.input(1));
    Optional<Shape> source = shapes.of(node.input(0));
    if (wanted.isEmpty()) {
      shapes
          .of(node.input(1))
          .map(shape -> shape.axis(0).size())
          .filter(rank -> rank >= 0 && rank <= 64)
          .ifPresent(
              rank ->
                  shapes.tell(
                      node.output(0),
                      new Shape(Collections.nCopies(rank.intValue(), Dimension.UNKNOWN))));
      return;
    }
    List<Dimension> result = new ArrayList<>();
    int inferred = -1;
    for (int i = 0; i < wanted.get().size(); i++) {
      Dimension dimension = wanted.get().get(i);
      if (dimension.isFixed() && dimension.size() == 0 && node.integer("allowzero", 0) == 0) {
        int axis = i;
        dimension =
            source.filter(s -> axis < s.rank()).map(s -> s.axis(axis)).orElse(Dimension.UNKNOWN);
      } else if (dimension.equals(Dimension.of(-1))) {
        inferred = i;
        dimension = Dimension.UNKNOWN;
      } else if (!dimension.isAtLeast(0)) {
        dimension = Dimension.UNKNOWN;
      }
      result.add(dimension);
    }
    if (inferred >= 0 && source.isPresent()) {
      result.set(inferred, remainder(source.get().dimensions(), result, inferred));
    }
    shapes.tell(node.output(0), new Shape(result));
  }

  /** What is left for the axis written -1 once every other axis is divided out. */
  private static Dimension remainder(List<Dimension> source, List<Dimension> result, int skip) {
    List<Dimension> others = new ArrayList<>(result);
    others.remove(skip);
    // What is on both sides needs no size.
    List<Dimension> left = new ArrayList<>(source);
    others.removeIf(left::remove);
    return TrackedRules.product(left)
        .dividedExactlyBy(TrackedRules.product(others))
        .orElse(Dimension.UNKNOWN);
  }

  static void resize(Node node, Shapes shapes) {
    Optional<Shape> source = shapes.of(node.input(0));
    if (source.isEmpty()) {
      return;
    }
    Shape shape = source.get();
    boolean fixedRatio = !node.text("keep_aspect_ratio_policy", "stretch").equals("stretch");
    Optional<List<Dimension>> sizes = shapes.list(node.input(3));
    Optional<float[]> scales =
        shapes.constant(node.input(2)).filter(s -> !s.isExternal()).map(ConstantTensor::toFloats);
    long[] axes = new long[shape.rank()];
    Arrays.setAll(axes, axis -> axis);
    axes = node.integers("axes").orElse(axes);
    Shape result = shape;
    for (int i = 0; i < axes.length; i++) {
      Dimension old = shape.axis((int) axes[i]);
      Dimension resized = Dimension.UNKNOWN;
      if (fixedRatio) {
        resized = Dimension.UNKNOWN;
      } else if (sizes.isPresent() && sizes.get().size() > i) {
        resized = sizes.get().get(i);
      } else if (scales.isPresent() && scales.get().length > i) {
        float scale = scales.get()[i];
        if (scale == Math.rint(scale)) {
          resized = old.times(Dimension.of((long) scale));
        } else if (old.isFixed()) {
          resized = Dimension.of((long) Math.floor(old.size() * scale));
        }
      }
      result = result.with((int) axes[i], resized);
    }
    shapes.tell(node.output(0), result);
  }

  static void slice(Node node, Shapes shapes) {
    Optional<Shape> source = shapes.of(node.input(0));
    Optional<List<Dimension>> starts = shapes.list(node.input(1));
    Optional<List<Dimension>> ends = shapes.list(node.input(2));
    if (source.isEmpty()) {
      return;
    }
    int rank = source.get().rank();
    Optional<long[]> axes =
        node.input(3).isAbsent() ? Optional.of(natural(rank)) : shapes.integers(node.input(3));
    Optional<long[]> steps =
        node.input(4).isAbsent() ? Optional.of(ones(rank)) : shapes.integers(node.input(4));
    if (starts.isEmpty() || ends.isEmpty() || axes.isEmpty() || steps.isEmpty()) {
      shapes.tell(node.output(0), new Shape(Collections.nCopies(rank, Dimension.UNKNOWN)));
      return;
    }
    Shape result = source.get();
    for (int i = 0; i < starts.get().size(); i++) {
      int axis = (int) axes.get()[i];
      Dimension size = source.get().axis(axis);
      long step = steps.get()[i];
      result = result.with(axis, Cuts.of(size, starts.get().get(i), ends.get().get(i), step));
    }
    shapes.tell(node.output(0), result);
  }

  private static long[] natural(int rank) {
    long[] axes = new long[rank];
    Arrays.setAll(axes, axis -> axis);
    return axes;
  }

  private static long[] ones(int rank) {
    long[] steps = new long[rank];
    Arrays.fill(steps, 1);
    return steps;
  }

  static void split(Node node, Shapes shapes) {
    Optional<Shape> source = shapes.of(node.input(0));
    if (source.isEmpty()) {
      return;
    }
    int axis = (int) node.integer("axis", 0);
    Optional<long[]> sizes = shapes.parameter(node, 1, "split");
    long whole = source.get().axis(axis).size();
    int parts = node.outputs().size();
    long chunk = whole < 0 ? -1 : (whole + parts - 1) / parts;
    for (int i = 0; i < parts; i++) {
      Dimension size = Dimension.UNKNOWN;
      if (sizes.isPresent()) {
        size = Dimension.of(sizes.get()[i]);
      } else if (node.input(1).isAbsent() && chunk >= 0) {
        size = Dimension.of(Math.max(0, Math.min(chunk, whole - i * chunk)));
      }
      shapes.tell(node.output(i), source.get().with(axis, size));
    }
  }

  static void tile(Node node, Shapes shapes) {
    Optional<Shape> source = shapes.of(node.input(0));
    Optional<long[]> repeats = shapes.integers(node.input(1));
    if (source.isEmpty()) {
      return;
    }
    Shape result = source.get();
    for (int axis = 0; axis < result.rank(); axis++) {
      Dimension size = result.axis(axis);
      long repeat = repeats.isPresent() ? repeats.get()[axis] : -1;
      if (repeat != 1) {
        boolean known = repeat >= 0 && size.isFixed();
        result = result.with(axis, known ? Dimension.of(size.size() * repeat) : Dimension.UNKNOWN);
      }
    }
    shapes.tell(node.output(0), result);
  }

  static void squeeze(Node node, Shapes shapes) {
    Optional<Shape> source = shapes.of(node.input(0));
    if (source.isEmpty()) {
      return;
    }
    List<Dimension> dimensions = new ArrayList<>(source.get().dimensions());
    if (node.input(1).isAbsent() && !node.has("axes")) {
      if (source.get().isFixed()) {
        dimensions.removeIf(dimension -> dimension.size() == 1);
        shapes.tell(node.output(0), new Shape(dimensions));
      }
      return;
    }
    shapes
        .parameter(node, 1, "axes")
        .ifPresent(
            axes -> {
              TreeSet<Integer> removed = new TreeSet<>(Collections.reverseOrder());
              for (long axis : axes) {
                removed.add((int) (axis < 0 ? axis + dimensions.size() : axis));
              }
              removed.forEach(axis -> dimensions.remove(axis.intValue()));
              shapes.tell(node.output(0), new Shape(dimensions));
            });
  }

  static void unsqueeze(Node node, Shapes shapes) {
    Optional<Shape> source = shapes.of(node.input(0));
    Optional<long[]> axes = shapes.parameter(node, 1, "axes");
    if (source.isPresent() && axes.isPresent()) {
      int rank = source.get().rank() + axes.get().length;
      TreeSet<Integer> added = new TreeSet<>();
      for (long axis : axes.get()) {
        added.add((int) (axis < 0 ? axis + rank : axis));
      }
      List<Dimension> dimensions = new ArrayList<>(source.get().dimensions());
      added.forEach(axis -> dimensions.add(axis, Dimension.of(1)));
      shapes.tell(node.output(0), new Shape(dimensions));
    }
  }

  static void transpose(Node node, Shapes shapes) {
    shapes
        .of(node.input(0))
        .ifPresent(
            shape -> {
              List<Dimension> dimensions = new ArrayList<>();
              Optional<long[]> order = node.integers("perm");
              for (int i = 0; i < shape.rank(); i++) {
                dimensions.add(
                    shape.axis(order.isPresent() ? (int) order.get()[i] : shape.rank() - 1 - i));
              }
              shapes.tell(node.output(0), new Shape(dimensions));
            });
  }
}
