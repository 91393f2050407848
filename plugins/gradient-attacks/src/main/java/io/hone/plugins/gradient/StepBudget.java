package io.hone.plugins.gradient;

import io.hone.api.Param;
import io.hone.api.geometry.Ball;
import io.hone.api.geometry.Norm;

/**
 * How far an attack goes and in which steps: parameters that all attacks of many small steps share.
 * Its defaults are those of {@code bim}.
 */
public record StepBudget(
    @Param(
            value =
                "Farthest that the image may move, in pixel values of [0, 1], measured in the norm.",
            def = "0.1",
            min = 0,
            unit = Param.Unit.RADIUS)
        double epsilon,
    @Param(value = "Size of one step as a share of epsilon.", def = "0.2", min = 0) double step,
    @Param(value = "Number of steps.", def = "10", min = 1) int steps,
    @Param(value = "Norm that epsilon and the steps are measured in.", def = "linf") Norm norm) {

  Ball ball() {
    return new Ball(norm, epsilon);
  }

  Descent descent(boolean stopAtSuccess) {
    return Descent.within(ball(), step, steps, stopAtSuccess);
  }
}
