package io.hone.bench.network;

import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Value;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * One array of weights.
 *
 * @param values in row-major order
 * @param shape convolutions out x in x height x width, dense layers out x in
 */
record Weights(float[] values, long[] shape) {
  /** Returns weights that keep the scale of what they are applied to. */
  static Weights random(RandomGenerator random, long... shape) {
    int inputs = 1;
    for (int axis = 1; axis < shape.length; axis++) {
      inputs *= Math.toIntExact(shape[axis]);
    }
    float[] values = new float[Math.toIntExact(shape[0]) * inputs];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() / Math.sqrt(inputs));
    }
    return new Weights(values, shape);
  }

  /** Returns weights that are all the same. */
  static Weights all(float value, long... shape) {
    float[] values = new float[Math.toIntExact(Arrays.stream(shape).reduce(1, (a, b) -> a * b))];
    Arrays.fill(values, value);
    return new Weights(values, shape);
  }

  /** Adds the weights to a graph. */
  Value in(GraphEditor graph) {
    return graph.constant(ConstantTensor.floats(values, shape));
  }
}
