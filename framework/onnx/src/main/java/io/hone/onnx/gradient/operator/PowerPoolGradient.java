package io.hone.onnx.gradient.operator;

import io.hone.onnx.gradient.rule.BackwardStep;
import io.hone.onnx.graph.Value;

/**
 * Gradients of pools that take the p-norm of what they read: a pixel x of a window of norm y
 * receives sign(x) (|x| / y)^(p - 1), and 0 where the whole window is 0.
 */
final class PowerPoolGradient {
  private final BackwardStep step;
  private final double power;

  private PowerPoolGradient(BackwardStep step) {
    this.step = step;
    this.power = step.node().integer("p", 2);
  }

  static void ofWindows(BackwardStep step) {
    PowerPoolGradient pool = new PowerPoolGradient(step);
    WindowScatter scatter = new WindowScatter(step, PoolingGradients.window(step));
    step.give(0, step.mul(pool.inner(), scatter.repeat(pool.outer())));
  }

  static void ofWhole(BackwardStep step) {
    PowerPoolGradient pool = new PowerPoolGradient(step);
    step.give(0, step.mul(pool.inner(), pool.outer()));
  }

  /** Returns the part of each window: gradient / y^(p - 1). */
  private Value outer() {
    if (power == 1) {
      return step.gradient();
    }
    Value empty = step.op("Equal", step.y(), step.scalar(0));
    Value norm = step.op("Where", empty, step.scalar(1), step.y());
    Value divisor = power == 2 ? norm : step.op("Pow", norm, step.scalar(power - 1));
    return step.where(step.op("Not", empty), step.op("Div", step.gradient(), divisor));
  }

  /** Returns the part of each pixel: sign(x) |x|^(p - 1). */
  private Value inner() {
    Value x = step.x(0);
    if (power == 1) {
      return step.op("Sign", x);
    }
    if (power == 2) {
      return x;
    }
    Value size = step.op("Abs", x);
    return step.mul(step.op("Sign", x), step.op("Pow", size, step.scalar(power - 1)));
  }
}
