package io.hone.onnx.gradient.operator;

import io.hone.onnx.gradient.rule.BackwardStep;
import io.hone.onnx.gradient.rule.OperatorGradient;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import java.util.List;
import java.util.Optional;

/**
 * Gradients of reductions along axes. Several equal maxima or minima receive equal parts of the
 * gradient; a norm of 0 passes none on.
 */
final class ReductionGradients {
  private ReductionGradients() {}

  static List<OperatorGradient> all() {
    return List.of(
        OperatorGradient.of("ReduceL1", ReductionGradients::absoluteSum),
        OperatorGradient.of("ReduceL2", ReductionGradients::length),
        OperatorGradient.of("ReduceLogSum", ReductionGradients::logarithmOfSum),
        OperatorGradient.of("ReduceLogSumExp", ReductionGradients::softMaximum),
        OperatorGradient.of("ReduceMax", ReductionGradients::extremum),
        OperatorGradient.of("ReduceMean", ReductionGradients::mean),
        OperatorGradient.of("ReduceMin", ReductionGradients::extremum),
        OperatorGradient.of("ReduceProd", ReductionGradients::product),
        OperatorGradient.of("ReduceSum", ReductionGradients::sum),
        OperatorGradient.of("ReduceSumSquare", ReductionGradients::sumOfSquares));
  }

  private static void sum(BackwardStep step) {
    step.coverOnly(0);
    step.give(0, spread(step, step.gradient()));
  }

  private static void mean(BackwardStep step) {
    step.coverOnly(0);
    step.give(0, spread(step, step.op("Div", step.gradient(), count(step))));
  }

  private static void absoluteSum(BackwardStep step) {
    step.coverOnly(0);
    step.give(0, step.mul(step.op("Sign", step.x(0)), kept(step, step.gradient())));
  }

  private static void length(BackwardStep step) {
    step.coverOnly(0);
    Value share = step.wherePositive(step.y(), step.op("Div", step.gradient(), step.y()));
    step.give(0, step.mul(step.x(0), kept(step, share)));
  }

  private static void sumOfSquares(BackwardStep step) {
    step.coverOnly(0);
    Value twice = step.mul(step.gradient(), step.scalar(2));
    step.give(0, step.mul(step.x(0), kept(step, twice)));
  }

  private static void logarithmOfSum(BackwardStep step) {
    step.coverOnly(0);
    step.give(0, spread(step, step.mul(step.gradient(), step.op("Exp", step.op("Neg", step.y())))));
  }

  private static void softMaximum(BackwardStep step) {
    step.coverOnly(0);
    Value share = step.op("Exp", step.op("Sub", step.x(0), kept(step, step.y())));
    step.give(0, step.mul(share, kept(step, step.gradient())));
  }

  private static void extremum(BackwardStep step) {
    step.coverOnly(0);
    Value chosen = step.number(step.op("Equal", step.x(0), kept(step, step.y())));
    // Counting is exact in any order.
    Value count = reduced(step, "ReduceSum", chosen);
    step.give(0, step.mul(chosen, step.op("Div", kept(step, step.gradient()), count)));
  }

  /**
   * An element's slope is the product of all others. With one 0 that 0 alone has a slope, with more
   * none has.
   */
  private static void product(BackwardStep step) {
    step.coverOnly(0);
    Value empty = step.op("Equal", step.x(0), step.scalar(0));
    Value zero = step.number(empty);
    Value zeros = reduced(step, "ReduceSum", zero);
    Value filled = step.op("Where", empty, step.scalar(1), step.x(0));
    Value flow = step.mul(kept(step, step.gradient()), reduced(step, "ReduceProd", filled));
    Value slope = step.op("Div", flow, filled);
    step.give(0, step.where(step.op("Equal", zero, zeros), slope));
  }

  /** Reduces a value shaped as the input along the same axes, each of which is kept with size 1. */
  private static Value reduced(BackwardStep step, String operator, Value value) {
    return step.graph()
        .node(operator, value, step.x(1))
        .with("noop_with_empty_axes", step.node().integer("noop_with_empty_axes", 0))
        .output();
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

  /** Repeats a value shaped as the output along the axes that were reduced. */
  private static Value spread(BackwardStep step, Value value) {
    boolean reducesNothing =
        !reducesNamedAxes(step) && step.node().integer("noop_with_empty_axes", 0) != 0;
    return reducesNothing ? value : step.op("Expand", kept(step, value), step.shapeOf(step.x(0)));
  }

  /** Returns a value shaped as the output with axes of 1 where axes were reduced and dropped. */
  private static Value kept(BackwardStep step, Value value) {
    boolean dropped = step.node().integer("keepdims", 1) == 0;
    return dropped && reducesNamedAxes(step) ? step.op("Unsqueeze", value, step.x(1)) : value;
  }

  private static boolean reducesNamedAxes(BackwardStep step) {
    return !step.x(1).isAbsent()
        && step.constant(1).map(list -> list.toLongs().length > 0).orElse(true);
  }
}
