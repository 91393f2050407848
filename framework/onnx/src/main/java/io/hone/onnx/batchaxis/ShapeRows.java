package io.hone.onnx.batchaxis;

import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Operators that give the same elements another shape. */
final class ShapeRows {
  private static final Dimension ANY = Dimension.of(-1);

  private ShapeRows() {}

  static void addTo(Map<String, RowRule> rules) {
    rules.put("Flatten", ShapeRows::flatten);
    rules.put("Reshape", ShapeRows::reshape);
    rules.put("Shape", ShapeRows::shape);
    rules.put("Squeeze", ShapeRows::squeeze);
    rules.put("Transpose", ShapeRows::transpose);
    rules.put("Unsqueeze", ShapeRows::unsqueeze);
  }

  private static Rows regroup(BatchStep step) {
    Shape from = step.shape(0);
    Shape to = step.shape(step.node().output(0));
    List<Rows> readings = Regrouping.of(from, step.rowsOf(0), to, step.images());
    if (readings.isEmpty()) {
      throw step.obstacle(
          "gives values of shape " + from + " the shape " + to + ", which tears images apart");
    }
    return step.choose(readings);
  }

  private static void flatten(BatchStep step) {
    Rows rows = regroup(step);
    boolean natural =
        rows.equals(Rows.plain(0))
            && step.rowsOf(0).isPlain()
            && step.node().integer("axis", 1) == 1;
    Shape to = step.shape(step.node().output(0));
    if (natural || !step.isRewriting()) {
      step.keep(rows);
    } else if (to.isFixed()) {
      long[] sizes = to.sizes();
      sizes[rows.axis()] = -1;
      Value target = step.graph().list(sizes);
      step.emit(
          step.node()
              .withOperator("Reshape")
              .without("axis")
              .withInputs(List.of(step.node().input(0), target)));
      step.tell(0, rows);
    } else {
      throw step.obstacle("flattens axes of unknown size");
    }
  }

  private static void reshape(BatchStep step) {
    step.coverOnly(0);
    Rows rows = regroup(step);
    step.tell(0, rows);
    Node node = step.node();
    if (!step.isRewriting()) {
      step.emit(node);
      return;
    }
    Shape to = step.shape(node.output(0));
    Optional<List<Dimension>> wanted = step.list(node.input(1));
    boolean open =
        wanted.isPresent()
            && isOpen(wanted.get(), rows, step.rowsOf(0), node.integer("allowzero", 0));
    if (open) {
      step.emit(node);
    } else if (to.isFixed() && !to.dimensions().contains(Dimension.of(0))) {
      long[] sizes = to.sizes();
      sizes[rows.axis()] = -1;
      step.emit(step.withInput(node.without("allowzero"), 1, step.graph().list(sizes)));
    } else {
      Value entry = step.imagesTimes(rows.outer().times(rows.inner()));
      step.emit(
          step.withInput(node, 1, step.withEntry(node.input(1), to.rank(), rows.axis(), entry)));
    }
  }

  /** Whether the target leaves the batch open already, by -1, or by 0 as the same axis. */
  private static boolean isOpen(List<Dimension> wanted, Rows rows, Rows before, long allowZero) {
    Dimension entry = wanted.get(rows.axis());
    boolean copied = entry.equals(Dimension.of(0)) && allowZero == 0 && before.equals(rows);
    return entry.equals(ANY) || copied;
  }

  /** Sizes other than the batch stay; the batch itself is told as it was frozen. */
  private static void shape(BatchStep step) {
    int rank = step.rank(0);
    int start = clamp(step.node().integer("start", 0), rank);
    int end = clamp(step.node().integer("end", rank), rank);
    int axis = step.rowsOf(0).axis();
    if (!step.isRewriting() || axis < start || axis >= end) {
      step.emit(step.node());
      return;
    }
    Dimension frozen = step.shape(0).axis(axis);
    if (!frozen.isFixed()) {
      throw step.obstacle("tells a size that depends on the batch in an unknown way");
    }
    Value actual = step.graph().copy(step.node());
    Value list =
        step.withEntry(actual, end - start, axis - start, step.graph().list(frozen.size()));
    step.emit(step.graph().node("Identity", list).into(step.node().outputs()));
  }

  private static int clamp(long index, int length) {
    return (int) Math.max(0, Math.min(length, index < 0 ? index + length : index));
  }

  private static void squeeze(BatchStep step) {
    Shape shape = step.shape(0);
    Rows rows = step.rowsOf(0);
    long[] axes;
    if (step.node().input(1).isAbsent()) {
      if (!shape.isFixed()) {
        throw step.obstacle("removes axes that are not known");
      }
      axes = new long[0];
      for (int axis = 0; axis < shape.rank(); axis++) {
        if (shape.axis(axis).size() == 1) {
          axes = Arrays.copyOf(axes, axes.length + 1);
          axes[axes.length - 1] = axis;
        }
      }
    } else {
      axes = step.content(1).integers();
    }
    int before = 0;
    for (long given : axes) {
      int axis = step.axis(given, shape.rank());
      if (axis == rows.axis()) {
        throw step.obstacle("removes the axis of the batch");
      }
      before += axis < rows.axis() ? 1 : 0;
    }
    step.emit(step.node().withInputs(List.of(step.node().input(0), step.graph().list(axes))));
    step.tell(0, rows.at(rows.axis() - before));
  }

  private static void unsqueeze(BatchStep step) {
    step.coverOnly(0);
    long[] axes = step.content(1).integers();
    int rank = step.rank(0) + axes.length;
    TreeSet<Integer> added = new TreeSet<>();
    for (long axis : axes) {
      added.add(step.axis(axis, rank));
    }
    int place = step.rowsOf(0).axis();
    for (int axis : added) {
      place += axis <= place ? 1 : 0;
    }
    step.keep(step.rowsOf(0).at(place));
  }

  private static void transpose(BatchStep step) {
    int rank = step.rank(0);
    long[] reversed = new long[rank];
    Arrays.setAll(reversed, axis -> rank - 1 - axis);
    long[] order = step.node().integers("perm").orElse(reversed);
    for (int axis = 0; axis < rank; axis++) {
      if (order[axis] == step.rowsOf(0).axis()) {
        step.keep(step.rowsOf(0).at(axis));
      }
    }
  }

  /** Finds the axis that holds the images once elements are grouped in another way. */
  private static final class Regrouping {
    private Regrouping() {}

    static List<Rows> of(Shape from, Rows rows, Shape to, Dimension images) {
      Dimension before = product(from, 0, rows.axis()).times(rows.outer());
      Dimension blocks = before.times(images);
      List<Rows> readings = new ArrayList<>();
      Dimension prefix = Dimension.of(1);
      for (int axis = 0; axis < to.rank(); axis++) {
        Dimension next = prefix.times(to.axis(axis));
        Optional<Dimension> outer = before.dividedExactlyBy(prefix);
        Optional<Dimension> inner = next.dividedExactlyBy(blocks);
        if (outer.isPresent() && inner.isPresent() && !inner.get().equals(Dimension.of(0))) {
          readings.add(new Rows(axis, outer.get(), inner.get()));
        }
        prefix = next;
      }
      readings.sort(Comparator.comparingInt(reading -> -likelihood(reading, from, rows, to)));
      return readings;
    }

    private static int likelihood(Rows reading, Shape from, Rows rows, Shape to) {
      int score = reading.isPlain() ? 8 : 0;
      boolean same = reading.matches(rows);
      boolean tail =
          to.dimensions()
              .subList(reading.axis() + 1, to.rank())
              .equals(from.dimensions().subList(rows.axis() + 1, from.rank()));
      boolean head =
          to.dimensions()
              .subList(0, reading.axis())
              .equals(from.dimensions().subList(0, rows.axis()));
      score += tail ? 4 : 0;
      score += head ? 2 : 0;
      return score + (same ? 1 : 0);
    }

    private static Dimension product(Shape shape, int start, int end) {
      return shape.dimensions().subList(start, end).stream()
          .reduce(Dimension.of(1), Dimension::times);
    }
  }
}
