package io.hone.onnx.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.support.Array;
import io.hone.onnx.support.Evaluator;
import io.hone.onnx.support.interpreter.DoubleTensor;
import io.hone.onnx.support.interpreter.Interpreter;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Offset;

/**
 * Central differences of a model's scores times a cotangent, to its inputs: by the interpreter in
 * double precision where it knows all operators, else by ONNX Runtime in float.
 */
final class WeightDifferences implements AutoCloseable {
  private static final int FEATURES = 6;

  private final OnnxModel model;
  private final Map<String, Array> feed;
  private final Map<String, DoubleTensor> inputs = new HashMap<>();
  private final Array cotangent;
  private final boolean interpreted;
  private final Evaluator runtime;

  WeightDifferences(OnnxModel model, Map<String, Array> feed, Random random) {
    this.model = model;
    this.feed = Map.copyOf(feed);
    feed.forEach((name, array) -> inputs.put(name, DoubleTensor.of(array)));
    this.interpreted = isInterpreted();
    this.runtime = interpreted ? null : new Evaluator(model);
    double[] scores = interpreted ? interpret(inputs) : run(feed);
    this.cotangent = Array.uniform(random, -1, 1, 1, scores.length);
  }

  Map<String, Array> feed() {
    return feed;
  }

  /** Checks that the gradient's own forward pass computes the same. */
  void compareScores(Array actual) {
    double[] expected = interpreted ? interpret(inputs) : run(feed);
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) actual.content()[i])
          .as("score %s", i)
          .isCloseTo(expected[i], Offset.offset(1e-4 * Math.max(1, Math.abs(expected[i]))));
    }
  }

  Array cotangent() {
    return cotangent;
  }

  /** The interpreter takes images to have two spatial axes, and knows no reduction of a scatter. */
  private boolean isInterpreted() {
    if (feed.values().stream().anyMatch(array -> array.shape().length > 4)
        || model.nodes().stream().anyMatch(node -> node.has("reduction"))) {
      return false;
    }
    try {
      interpret(inputs);
      return true;
    } catch (RuntimeException unknown) {
      return false;
    }
  }

  @Override
  public void close() {
    if (runtime != null) {
      runtime.close();
    }
  }

  private double[] interpret(Map<String, DoubleTensor> values) {
    return new Interpreter(model).run(values).values().iterator().next().content();
  }

  private double[] run(Map<String, Array> values) {
    float[] scores = runtime.run(values).values().iterator().next().content();
    double[] wide = new double[scores.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = scores[i];
    }
    return wide;
  }

  /** Compares some elements of a gradient; those at a kink, or where it is no number, are left. */
  void compare(String name, Array gradient, Random random) {
    int size = gradient.content().length;
    double tolerance = interpreted ? 1e-4 : 6e-3;
    double[] steps = interpreted ? new double[] {2e-5, 1e-5} : new double[] {8e-3, 4e-3};
    double largest = 0.05;
    for (float number : gradient.content()) {
      largest = Float.isFinite(number) ? Math.max(largest, Math.abs(number)) : largest;
    }
    for (int n = 0; n < Math.min(size, FEATURES); n++) {
      int i = size <= FEATURES ? n : random.nextInt(size);
      double coarse = slope(name, i, steps[0]);
      double fine = slope(name, i, steps[1]);
      double bend = bend(name, i, steps[1]);
      if (Math.abs(coarse - fine) < tolerance / 2 * largest && bend < 10 * tolerance * largest) {
        assertThat((double) gradient.content()[i])
            .as("gradient of %s at %s (largest %s)", name, i, largest)
            .isCloseTo(fine, Offset.offset(tolerance * largest));
      }
    }
  }

  private double slope(String name, int index, double step) {
    return (value(name, index, step) - value(name, index, -step)) / (2 * step);
  }

  private double bend(String name, int index, double step) {
    double here = value(name, index, 0);
    return Math.abs(value(name, index, step) + value(name, index, -step) - 2 * here) / step;
  }

  private double value(String name, int index, double by) {
    double[] scores;
    if (interpreted) {
      DoubleTensor old = inputs.get(name);
      double[] content = old.content().clone();
      content[index] += by;
      Map<String, DoubleTensor> moved = new HashMap<>(inputs);
      moved.put(name, new DoubleTensor(content, old.shape(), old.type()));
      scores = interpret(moved);
    } else {
      Map<String, Array> moved = new HashMap<>(feed);
      moved.put(name, feed.get(name).changed(index, (float) by));
      scores = run(moved);
    }
    double sum = 0;
    for (int i = 0; i < scores.length; i++) {
      sum += scores[i] * cotangent.content()[i];
    }
    return sum;
  }
}
