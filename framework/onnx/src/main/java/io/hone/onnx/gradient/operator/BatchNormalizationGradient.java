package io.hone.onnx.gradient.operator;

import io.hone.onnx.gradient.rule.BackwardStep;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import java.util.Optional;

/**
 * Gradient of a batch normalisation {@code y = scale * n + shift}, {@code n = (x - mean) /
 * sqrt(variance + epsilon)}, per channel.
 *
 * <p>With statistics that are given, x receives a factor of the gradient. With those of the batch
 * itself it receives (Ioffe and Szegedy 2015, section 3) {@code scale / deviation * (dy - mean(dy)
 * - n * mean(dy * n))}, with means over a channel.
 */
final class BatchNormalizationGradient {
  private static final int SCALE = 1;
  private static final int SHIFT = 2;
  private static final int MEAN = 3;
  private static final int VARIANCE = 4;

  private final BackwardStep step;
  private final float epsilon;

  private BatchNormalizationGradient(BackwardStep step) {
    this.step = step;
    this.epsilon = step.node().number("epsilon", 1e-5f);
  }

  static void differentiate(BackwardStep step) {
    BatchNormalizationGradient gradient = new BatchNormalizationGradient(step);
    if (step.node().integer("training_mode", 0) == 0) {
      gradient.withGivenStatistics();
    } else {
      gradient.withStatisticsOfTheBatch();
    }
  }

  /** Each channel is multiplied by a factor: what a normalisation with mean and shift 0 does. */
  private void withGivenStatistics() {
    if (step.wants(0)) {
      Value zero = step.op("Sub", step.x(SCALE), step.x(SCALE));
      step.give(0, normalized(step.gradient(), step.x(SCALE), zero, zero, step.x(VARIANCE)));
    }
    boolean toMean = step.wants(MEAN);
    boolean toVariance = step.wants(VARIANCE);
    if (!step.wants(SCALE) && !step.wants(SHIFT) && !toMean && !toVariance) {
      return;
    }
    Value total = sumPerChannel(step.gradient());
    step.give(SHIFT, total);
    if (!step.wants(SCALE) && !toMean && !toVariance) {
      return;
    }
    Value moment = moment(step.x(MEAN), step.x(VARIANCE));
    step.give(SCALE, moment);
    if (toMean) {
      Value factor = step.op("Div", step.x(SCALE), deviation(step.x(VARIANCE)));
      step.give(MEAN, step.op("Neg", step.mul(total, factor)));
    }
    if (toVariance) {
      Value twice = step.mul(step.scalar(-2), widened(step.x(VARIANCE)));
      step.give(VARIANCE, step.op("Div", step.mul(moment, step.x(SCALE)), twice));
    }
  }

  private void withStatisticsOfTheBatch() {
    if (step.node().number("momentum", 0.9f) != 0) {
      throw step.refuse("it mixes the batch with earlier ones; raise the model's opset first");
    }
    if (step.gradient(1).isPresent() || step.gradient(2).isPresent()) {
      throw step.refuse("its statistics, and not only what it normalises, reach the loss");
    }
    Value mean = step.extraOutput(1);
    Value variance = step.extraOutput(2);
    Value total = sumPerChannel(step.gradient());
    step.give(SHIFT, total);
    if (!step.wants(0) && !step.wants(SCALE)) {
      return;
    }
    Value moment = moment(mean, variance);
    step.give(SCALE, moment);
    if (step.wants(0)) {
      Value scale = step.x(SCALE);
      Value share = step.op("Neg", step.op("Div", scale, count()));
      Value shift = step.op("Div", step.mul(total, share), deviation(variance));
      Value along = step.op("Div", step.mul(moment, share), deviation(variance));
      // A normalisation multiplies and adds per channel in one pass over memory.
      Value own = normalized(step.gradient(), scale, shift, zeros(), variance);
      Value rest = normalized(step.x(0), along, zeros(), mean, variance);
      step.give(0, step.op("Add", own, rest));
    }
  }

  /** Returns the sum of each channel's gradient times its normalised values. */
  private Value moment(Value mean, Value variance) {
    Value ones = step.ones(step.shapeOf(step.x(SCALE)));
    Value normal = normalized(step.x(0), ones, zeros(), mean, variance);
    return sumPerChannel(step.mul(step.gradient(), normal));
  }

  private Value normalized(Value x, Value scale, Value shift, Value mean, Value variance) {
    return step.graph()
        .node("BatchNormalization", x, scale, shift, mean, variance)
        .with("epsilon", epsilon)
        .output();
  }

  private Value zeros() {
    return step.zeros(step.shapeOf(step.x(SCALE)));
  }

  private Value widened(Value variance) {
    return step.op("Add", variance, step.scalar(epsilon));
  }

  private Value deviation(Value variance) {
    return step.op("Sqrt", widened(variance));
  }

  private Value sumPerChannel(Value value) {
    return step.sumPerChannel(value, step.x(0), step.x(SCALE));
  }

  /** Returns how many numbers a channel has. */
  private Value count() {
    Optional<Shape> known = step.shape(step.x(0)).filter(Shape::isFixed);
    if (known.isPresent()) {
      return step.scalar((double) known.get().elements() / known.get().axis(1).size());
    }
    Value ratio = step.op("Div", step.op("Size", step.x(0)), step.op("Size", step.x(SCALE)));
    return step.graph().node("Cast", ratio).with("to", ElementType.FLOAT.code()).output();
  }
}
