package io.hone.onnx.gradient.operator;

import io.hone.onnx.gradient.rule.BackwardStep;
import io.hone.onnx.gradient.rule.OperatorGradient;
import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** Gradients of what takes some of the elements: cuts, parts, and reads at indices. */
final class SelectionGradients {
  private SelectionGradients() {}

  static List<OperatorGradient> all() {
    return List.of(
        OperatorGradient.of("Compress", SelectionGradients::compress),
        OperatorGradient.of("Gather", SelectionGradients::gather),
        OperatorGradient.of("GatherElements", SelectionGradients::gatherElements),
        OperatorGradient.of("GatherND", GatherBlocksGradient::differentiate),
        OperatorGradient.of("ScatterElements", ScatterGradient::ofElements),
        OperatorGradient.of("ScatterND", ScatterGradient::ofBlocks),
        OperatorGradient.of("Slice", SliceGradient::differentiate),
        OperatorGradient.of("Split", SelectionGradients::split),
        OperatorGradient.of("TopK", SelectionGradients::topK),
        OperatorGradient.of("Trilu", SelectionGradients::triangle));
  }

  /** Parts that nobody differentiated leave zeros. */
  private static void split(BackwardStep step) {
    List<Value> parts = new ArrayList<>();
    for (int i = 0; i < step.node().outputs().size(); i++) {
      Value part = step.node().output(i);
      parts.add(step.gradient(i).orElseGet(() -> step.zeros(step.shapeOf(part))));
    }
    step.give(
        0,
        step.graph()
            .node("Concat", parts.toArray(Value[]::new))
            .with("axis", step.node().integer("axis", 0))
            .output());
  }

  private static void gather(BackwardStep step) {
    if (!step.wants(0)) {
      return;
    }
    int rank = step.rank(step.x(0));
    long told = step.node().integer("axis", 0);
    int axis = (int) (told < 0 ? told + rank : told);
    int axes = step.shape(step.x(1)).map(Shape::rank).orElse(-1);
    Value rows =
        switch (axes) {
          case 0 -> step.op("Unsqueeze", step.gradient(), step.list(axis));
          case 1 -> step.gradient();
          default -> inRows(step, axis, rank);
        };
    TakenRows taken = new TakenRows(step, axis);
    Optional<ConstantTensor> constant = step.constant(1);
    step.give(
        0,
        constant.isPresent()
            ? taken.putBack(rows, constant.get().toLongs())
            : taken.putBack(rows, step.op("Reshape", step.x(1), step.list(-1))));
  }

  /** Returns the gradient with the axes of the indices joined to one. */
  private static Value inRows(BackwardStep step, int axis, int rank) {
    // 0 keeps an axis as it is.
    Value before = step.list(LongStream.range(0, axis).map(i -> 0).toArray());
    Value after = step.sizes(step.x(0), axis + 1, rank);
    Optional<Shape> shape = step.shape(step.x(0));
    boolean fixed =
        shape.isPresent()
            && shape.get().dimensions().stream().skip(axis + 1L).allMatch(Dimension::isFixed);
    if (!fixed) {
      return step.op("Reshape", step.gradient(), step.join(before, step.list(-1), after));
    }
    long[] sizes = new long[rank];
    sizes[axis] = -1;
    for (int i = axis + 1; i < rank; i++) {
      sizes[i] = shape.get().axis(i).size();
    }
    return step.op("Reshape", step.gradient(), step.list(sizes));
  }

  private static void gatherElements(BackwardStep step) {
    if (step.wants(0)) {
      Value zeros = step.zeros(step.shapeOf(step.x(0)));
      step.give(0, Places.ofElements(step).scatter(zeros, step.gradient(), "add"));
    }
  }

  private static void topK(BackwardStep step) {
    long axis = step.node().integer("axis", -1);
    Places places = new Places.Elements(step.graph(), step.extraOutput(1), axis);
    Value zeros = step.zeros(step.shapeOf(step.x(0)));
    step.give(0, places.scatter(zeros, step.gradient(), "none"));
  }

  private static void triangle(BackwardStep step) {
    step.give(
        0,
        step.graph()
            .node("Trilu", step.gradient(), step.x(1))
            .with("upper", step.node().integer("upper", 1))
            .output());
  }

  private static void compress(BackwardStep step) {
    if (!step.wants(0)) {
      return;
    }
    Value taken = step.op("Reshape", step.op("NonZero", step.x(1)), step.list(-1));
    if (step.node().has("axis")) {
      long axis = step.node().integer("axis", 0);
      int counted = (int) (axis < 0 ? axis + step.rank(step.x(0)) : axis);
      step.give(0, new TakenRows(step, counted).putBackDistinct(step.gradient(), taken));
    } else {
      // Without an axis the elements are taken from a list of all.
      Value size = step.op("Reshape", step.op("Size", step.x(0)), step.list(1));
      Value all = step.op("ScatterElements", step.zeros(size), taken, step.gradient());
      step.give(0, step.reshapeLike(all, step.x(0)));
    }
  }
}
