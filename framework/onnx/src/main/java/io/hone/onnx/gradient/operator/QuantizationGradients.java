package io.hone.onnx.gradient.operator;

import io.hone.onnx.gradient.rule.BackwardStep;
import io.hone.onnx.gradient.rule.OperatorGradient;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.Value;
import java.util.Arrays;
import java.util.List;

/**
 * Gradients of quantisation, straight through: rounding to the grid is taken for no change at all,
 * and what is beyond the grid's ends, where it is cut off, passes nothing on. The true slope is 0
 * almost everywhere and would leave an attack without direction.
 *
 * <p>Between the two operators a quantised value's gradient is that to its number on the grid, so
 * that what only moves elements may be there. Rounding outside such a pair (Round, Floor, Ceil)
 * keeps its true slope of 0.
 */
final class QuantizationGradients {
  private static final String TEXT =
      "straight-through: rounding passes the gradient as it is, values cut off at the ends of the"
          + " range pass none";

  private QuantizationGradients() {}

  static List<OperatorGradient> all() {
    return List.of(
        OperatorGradient.of("DequantizeLinear", QuantizationGradients::dequantize)
            .approximating(TEXT),
        OperatorGradient.of("QuantizeLinear", QuantizationGradients::quantize).approximating(TEXT));
  }

  /** {@code (x - zero) * scale}. */
  private static void dequantize(BackwardStep step) {
    step.coverOnly(0);
    step.give(0, step.mul(step.gradient(), alongAxis(step, step.x(1))));
  }

  /**
   * {@code round(x / scale) + zero}, cut off where the type ends; half a step still rounds back.
   */
  private static void quantize(BackwardStep step) {
    step.coverOnly(0);
    ElementType type = step.type(step.y()).orElse(ElementType.UNDEFINED);
    if (type != ElementType.UINT8 && type != ElementType.INT8) {
      throw step.refuse("it quantises to " + type + ", not to 8 bits");
    }
    Value scale = alongAxis(step, step.x(1));
    Value steps = step.op("Div", step.x(0), scale);
    if (!step.x(2).isAbsent()) {
      Value zero =
          step.graph().node("Cast", step.x(2)).with("to", ElementType.FLOAT.code()).output();
      steps = step.op("Add", steps, alongAxis(step, zero));
    }
    double lowest = type == ElementType.INT8 ? -128 : 0;
    Value cut = step.op("Clip", steps, step.scalar(lowest - 0.5), step.scalar(lowest + 255.5));
    Value inside = step.op("Equal", steps, cut);
    step.give(0, step.where(inside, step.op("Div", step.gradient(), scale)));
  }

  /** Returns a number for all elements as it is, a list along an axis in a shape to broadcast. */
  private static Value alongAxis(BackwardStep step, Value numbers) {
    boolean single = step.shape(numbers).filter(shape -> shape.rank() == 0).isPresent();
    long axis = step.node().integer("axis", 1);
    boolean last = axis == -1;
    if (single || last) {
      return numbers;
    }
    long after = axis < 0 ? -axis - 1 : step.rank(step.x(0)) - axis - 1;
    if (after <= 0) {
      return numbers;
    }
    long[] ones = new long[(int) after + 1];
    Arrays.fill(ones, 1);
    ones[0] = -1;
    return step.op("Reshape", numbers, step.list(ones));
  }
}
