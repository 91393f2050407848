package io.hone.onnx.gradient.operator;

import io.hone.onnx.gradient.rule.BackwardStep;
import io.hone.onnx.graph.Value;
import java.util.stream.LongStream;

/** Gradient of Pad: cuts off what was added, and brings back what was mirrored or repeated. */
final class PadGradient {
  private PadGradient() {}

  static void differentiate(BackwardStep step) {
    step.coverOnly(0);
    String mode = step.node().text("mode", "constant");
    if (mode.equals("constant")) {
      // Padding by the negative amount cuts, and fills with 0 what a negative pad had cut.
      Value back = step.op("Neg", step.x(1));
      step.give(0, step.op("Pad", step.gradient(), back, Value.NONE, step.x(3)));
    } else {
      repeated(step, mode);
    }
  }

  private static void repeated(BackwardStep step, String mode) {
    int rank = step.rank(step.x(0));
    long[] pads =
        step.constant(1).orElseThrow(() -> step.refuse("its pads are not constant")).toLongs();
    long[] axes =
        step.x(3).isAbsent()
            ? LongStream.range(0, rank).toArray()
            : step.constant(3)
                .orElseThrow(() -> step.refuse("its axes are not constant"))
                .toLongs();
    Value gradient = step.gradient();
    for (int i = 0; i < axes.length; i++) {
      int axis = (int) (axes[i] < 0 ? axes[i] + rank : axes[i]);
      if (pads[i] != 0 || pads[i + axes.length] != 0) {
        Value amounts = step.list(pads[i], pads[i + axes.length]);
        gradient =
            LinearAlongAxis.of(step, axis)
                .transposed(
                    gradient,
                    unit ->
                        step.graph()
                            .node("Pad", unit, amounts, Value.NONE, step.list(0))
                            .with("mode", mode)
                            .output());
      }
    }
    step.give(0, gradient);
  }
}
