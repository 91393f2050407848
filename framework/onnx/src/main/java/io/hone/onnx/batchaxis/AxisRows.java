package io.hone.onnx.batchaxis;

import io.hone.onnx.folding.Content;
import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Operators that cut, join, repeat or resize along axes. */
final class AxisRows {
  private AxisRows() {}

  static void addTo(Map<String, RowRule> rules) {
    rules.put("Concat", AxisRows::concat);
    rules.put("Expand", AxisRows::expand);
    rules.put("Pad", AxisRows::pad);
    rules.put("Resize", AxisRows::resize);
    rules.put("Slice", AxisRows::slice);
    rules.put("Split", AxisRows::split);
    rules.put("Tile", AxisRows::tile);
  }

  private static void concat(BatchStep step) {
    int count = step.node().inputs().size();
    Node[] form = {step.node()};
    Rows rows = SameRows.align(step, form, IntStream.range(0, count).toArray());
    if (step.axis(step.node().integer("axis", 0), step.rank(0)) == rows.axis()) {
      throw step.obstacle("joins along the axis of the batch");
    }
    step.emit(form[0]);
    step.tell(0, rows);
  }

  private static void split(BatchStep step) {
    step.coverOnly(0);
    if (step.axis(step.node().integer("axis", 0), step.rank(0)) == step.rowsOf(0).axis()) {
      throw step.obstacle("splits the axis of the batch");
    }
    step.emit(step.node());
    for (int i = 0; i < step.node().outputs().size(); i++) {
      step.tell(i, step.rowsOf(0));
    }
  }

  private static void tile(BatchStep step) {
    step.coverOnly(0);
    if (step.content(1).integer(step.rowsOf(0).axis()) != 1) {
      throw step.obstacle("repeats along the axis of the batch");
    }
    step.keep(step.rowsOf(0));
  }

  private static void pad(BatchStep step) {
    step.coverOnly(0);
    long[] pads = step.content(1).integers();
    int[] axes = axes(step, 3, pads.length / 2);
    for (int i = 0; i < axes.length; i++) {
      if (axes[i] == step.rowsOf(0).axis() && (pads[i] != 0 || pads[i + axes.length] != 0)) {
        throw step.obstacle("pads the axis of the batch");
      }
    }
    step.keep(step.rowsOf(0));
  }

  private static int[] axes(BatchStep step, int input, int count) {
    if (step.node().input(input).isAbsent()) {
      return IntStream.range(0, count).toArray();
    }
    return LongStream.of(step.content(input).integers())
        .mapToInt(axis -> step.axis(axis, step.rank(0)))
        .toArray();
  }

  private static void slice(BatchStep step) {
    step.coverOnly(0);
    Rows rows = step.rowsOf(0);
    Dimension size = step.shape(0).axis(rows.axis());
    int count = (int) step.shape(1).elements();
    int[] axes = axes(step, 3, count);
    Node form = step.node();
    for (int i = 0; i < axes.length; i++) {
      if (axes[i] == rows.axis()) {
        boolean whole =
            step.content(1).integer(i) == 0 && step.content(2).integer(i) >= size.size();
        boolean forward = step.node().input(4).isAbsent() || step.content(4).integer(i) == 1;
        if (!whole || !forward || !size.isFixed()) {
          throw step.obstacle("cuts the axis of the batch");
        }
        long[] ends = step.content(2).integers();
        ends[i] = Long.MAX_VALUE;
        form = step.withInput(form, 2, step.graph().list(ends));
      }
    }
    step.emit(form);
    step.tell(0, rows);
  }

  private static void expand(BatchStep step) {
    step.coverOnly(0);
    Rows rows = step.rowsOf(0);
    List<Dimension> target =
        step.list(step.node().input(1))
            .orElseThrow(() -> step.obstacle("expands to a shape that is not known"));
    int fromEnd = step.rank(0) - rows.axis();
    int place = target.size() - fromEnd;
    Node form = step.node();
    if (place >= 0 && !target.get(place).equals(Dimension.of(1))) {
      if (!target.get(place).sameAs(rows.size(step.images()))) {
        throw step.obstacle("repeats along the axis of the batch");
      }
      if (step.isRewriting()) {
        Value entry = step.graph().list(1);
        form = step.withInput(form, 1, step.withEntry(form.input(1), target.size(), place, entry));
      }
    }
    step.emit(form);
    step.tell(0, rows.at(Math.max(step.rank(0), target.size()) - fromEnd));
  }

  private static void resize(BatchStep step) {
    step.coverOnly(0);
    Node node = step.node();
    Rows rows = step.rowsOf(0);
    boolean plain =
        node.text("keep_aspect_ratio_policy", "stretch").equals("stretch")
            && !node.text("coordinate_transformation_mode", "").equals("tf_crop_and_resize");
    if (!plain) {
      throw step.obstacle("resizes by a rule that looks at the whole batch");
    }
    Optional<long[]> named = node.integers("axes");
    int rank = step.rank(0);
    boolean touched =
        named.isEmpty()
            || LongStream.of(named.get()).anyMatch(axis -> step.axis(axis, rank) == rows.axis());
    if (!touched) {
      step.keep(rows);
    } else if (node.input(3).isAbsent()) {
      byScales(step, rows, named);
    } else {
      bySizes(step, rows, named);
    }
  }

  private static void byScales(BatchStep step, Rows rows, Optional<long[]> named) {
    Content scales = step.content(2);
    for (int i = 0; i < scales.count(); i++) {
      int axis = named.isPresent() ? step.axis(named.get()[i], step.rank(0)) : i;
      if (axis == rows.axis() && scales.number(i) != 1) {
        throw step.obstacle("resizes the axis of the batch");
      }
    }
    step.keep(rows);
  }

  /** A size wanted for the batch is left out; the others are wanted of their own axes. */
  private static void bySizes(BatchStep step, Rows rows, Optional<long[]> named) {
    Node node = step.node();
    Shape from = step.shape(0);
    List<Dimension> wanted =
        step.list(node.input(3))
            .orElseThrow(() -> step.obstacle("resizes to sizes that are not known"));
    List<Long> axes = new ArrayList<>();
    List<Long> places = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      int axis = named.isPresent() ? step.axis(named.get()[i], from.rank()) : i;
      if (axis != rows.axis()) {
        axes.add((long) axis);
        places.add((long) i);
      } else if (!wanted.get(i).sameAs(from.axis(axis))) {
        throw step.obstacle("resizes the axis of the batch");
      }
    }
    if (!step.isRewriting()) {
      step.keep(rows);
      return;
    }
    long[] taken = places.stream().mapToLong(Long::longValue).toArray();
    Value sizes = step.graph().op("Gather", node.input(3), step.graph().list(taken));
    long[] others = axes.stream().mapToLong(Long::longValue).toArray();
    step.emit(
        node.withInputs(Arrays.asList(node.input(0), node.input(1), Value.NONE, sizes))
            .with("axes", others));
    step.tell(0, rows);
  }
}
