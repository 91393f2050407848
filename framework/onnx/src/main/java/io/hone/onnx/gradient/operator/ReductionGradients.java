package io.hone.onnx.gradient.operator;

import io.hone.onnx.gradient.rule.BackwardStep;
import io.hone.onnx.gradient.rule.OperatorGradient;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import java.util.List;
import java.util.Optional;

/** Gradients of sums and means along axes. */
final class ReductionGradients {
  private ReductionGradients() {}

  static List<OperatorGradient> all() {
    return List.of(
        OperatorGradient.of("ReduceMean", ReductionGradients::mean),
        OperatorGradient.of("ReduceSum", ReductionGradients::sum));
  }

  private static void sum(BackwardStep step) {
    step.coverOnly(0);
    step.give(0, spread(step, step.gradient()));
  }

  private static void mean(BackwardStep step) {
    step.coverOnly(0);
    step.give(0, spread(step, step.op("Div", step.gradient(), count(step))));
  }

  /** Returns how many elements went into each mean. */
  private static Value count(BackwardStep step) {
    Optional<Shape> from = step.shape(step.x(0));
    Optional<Shape> to = step.shape(step.y());
    Optional<long[]> axes =
        step.x(1).isAbsent() ? Optional.empty() : step.constant(1).map(list -> list.toLongs());
    if (from.isPresent() && axes.isPresent() && axes.get().length > 0) {
      long count = 1;
      for (long axis : axes.get()) {
        long size = from.get().axis((int) axis).size();
        count = size < 0 || count < 0 ? -1 : count * size;
      }
      if (count >= 0) {
        return step.scalar(count);
      }
    }
    if (from.isPresent() && to.isPresent() && from.get().isFixed() && to.get().isFixed()) {
      return step.scalar((double) from.get().elements() / to.get().elements());
    }
    Value ratio = step.op("Div", step.op("Size", step.x(0)), step.op("Size", step.y()));
    return step.graph().node("Cast", ratio).with("to", ElementType.FLOAT.code()).output();
  }

  /** Repeats the gradient along the axes that were reduced. */
  private static Value spread(BackwardStep step, Value gradient) {
    boolean axesNamed = !step.x(1).isAbsent();
    if (axesNamed) {
      boolean noAxes = step.constant(1).map(list -> list.toLongs().length == 0).orElse(false);
      if (noAxes && step.node().integer("noop_with_empty_axes", 0) != 0) {
        return gradient;
      }
      axesNamed = !noAxes;
    } else if (step.node().integer("noop_with_empty_axes", 0) != 0) {
      return gradient;
    }
    boolean dropped = step.node().integer("keepdims", 1) == 0;
    Value full = dropped && axesNamed ? step.op("Unsqueeze", gradient, step.x(1)) : gradient;
    return step.op("Expand", full, step.shapeOf(step.x(0)));
  }
}
