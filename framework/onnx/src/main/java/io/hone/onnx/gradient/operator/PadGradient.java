package io.hone.onnx.gradient.operator;

import io.hone.onnx.gradient.rule.BackwardStep;
import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.Value;
import java.util.Optional;
import java.util.stream.LongStream;

/** Gradient of Pad: cuts off what was added, and brings back what was mirrored or repeated. */
final class PadGradient {
  private PadGradient() {}

  static void differentiate(BackwardStep step) {
    String mode = step.node().text("mode", "constant");
    if (mode.equals("constant")) {
      filled(step);
    } else if (step.wants(0)) {
      repeated(step, mode);
    }
  }

  private static void filled(BackwardStep step) {
    // Padding by the negative amount cuts, and fills with 0 what a negative pad had cut.
    Value back = step.op("Neg", step.x(1));
    step.give(0, step.op("Pad", step.gradient(), back, Value.NONE, step.x(3)));
    if (step.wants(2)) {
      Value ones = step.ones(step.shapeOf(step.x(0)));
      Value image = step.op("Pad", ones, step.x(1), Value.NONE, step.x(3));
      Value border = step.op("Sub", step.scalar(1), image);
      step.giveReduced(2, step.mul(step.gradient(), border));
    }
  }

  private static void repeated(BackwardStep step, String mode) {
    int rank = step.rank(step.x(0));
    long[] axes =
        step.x(3).isAbsent()
            ? LongStream.range(0, rank).toArray()
            : step.constant(3)
                .orElseThrow(() -> step.refuse("its axes are not constant"))
                .toLongs();
    Optional<long[]> pads = step.constant(1).map(ConstantTensor::toLongs);
    Value gradient = step.gradient();
    for (int i = 0; i < axes.length; i++) {
      int last = i + axes.length;
      int axis = (int) (axes[i] < 0 ? axes[i] + rank : axes[i]);
      if (pads.isPresent() && pads.get()[i] == 0 && pads.get()[last] == 0) {
        continue;
      }
      Value amounts =
          pads.isPresent()
              ? step.list(pads.get()[i], pads.get()[last])
              : step.op("Gather", step.x(1), step.list(i, last));
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
    step.give(0, gradient);
  }
}
