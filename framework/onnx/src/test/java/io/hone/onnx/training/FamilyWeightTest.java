package io.hone.onnx.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.onnx.gradient.AttackLoss;
import io.hone.onnx.gradient.DifferentiatedModel;
import io.hone.onnx.gradient.GradientGraph;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.support.Array;
import io.hone.onnx.support.Evaluator;
import io.hone.onnx.support.families.Family;
import io.hone.onnx.support.families.Variant;
import io.hone.onnx.support.interpreter.DoubleTensor;
import io.hone.onnx.support.interpreter.Interpreter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Gradients to all weights of networks of every family, against central differences of the
 * interpreter.
 *
 * <p>Every direction moves all weights at once. In each weight it is as long as makes that weight
 * change the loss by about 1, up or down by chance, so that a wrong gradient of any weight shows.
 */
class FamilyWeightTest {
  private static final int DIRECTIONS = 2;
  private static final double[] STEPS = {2e-7, 1e-7};
  private static final double BEND = 1e-5;

  /** Of the loss along a direction, for each weight. */
  private static final double TOLERANCE = 1e-3;

  @TestFactory
  Stream<DynamicTest> everyFamily() {
    return Family.all().stream()
        .map(
            family -> {
              // One opset each: what is tested here is behind the raising of opsets.
              Variant variant = family.variants().get(family.variants().size() - 1);
              return DynamicTest.dynamicTest(
                  family.name() + ", " + variant, () -> check(family, variant));
            });
  }

  private static void check(Family family, Variant variant) {
    OnnxModel network = family.network().apply(variant);
    TrainableWeights weights = TrainableWeights.of(network, network.outputs().get(0).name());
    OnnxModel opened = weights.open();
    Map<String, Array> feed = new HashMap<>();
    feed.put(network.inputs().get(0).name(), images(family));
    for (Weight weight : weights.weights()) {
      feed.put(weight.name(), new Array(weights.content(weight.name()), weight.shape().sizes()));
    }
    List<String> names = weights.weights().stream().map(Weight::name).toList();
    Map<String, float[]> gradients = gradients(opened, names, feed);
    Map<String, DoubleTensor> inputs = new HashMap<>();
    feed.forEach((name, array) -> inputs.put(name, DoubleTensor.of(array)));
    Random random = new Random(11);
    int smooth = 0;
    for (int i = 0; i < DIRECTIONS; i++) {
      Map<String, double[]> direction = new HashMap<>();
      names.forEach(name -> direction.put(name, direction(gradients.get(name), random)));
      Interpreter interpreter = new Interpreter(opened);
      double coarse = slope(interpreter, inputs, direction, STEPS[0]);
      double fine = slope(interpreter, inputs, direction, STEPS[1]);
      if (Math.abs(coarse - fine) < BEND * names.size()) {
        smooth++;
        assertThat(claimed(gradients, direction))
            .as("slope along direction %s of %s weights", i, names.size())
            .isCloseTo(fine, Offset.offset(TOLERANCE * Math.sqrt(names.size())));
      }
    }
    assertThat(smooth).as("directions without a kink").isPositive();
  }

  private static Array images(Family family) {
    long[] shape = LongStream.concat(LongStream.of(2), LongStream.of(family.image())).toArray();
    return Array.uniform(new Random(8), 0, 1, shape);
  }

  private static Map<String, float[]> gradients(
      OnnxModel opened, List<String> names, Map<String, Array> feed) {
    DifferentiatedModel differentiated =
        GradientGraph.of(opened).inputs(names).loss(AttackLoss.crossEntropy(true)).build();
    Map<String, Object> all = new HashMap<>(feed);
    all.put(differentiated.lossInput(), new long[] {0, 1});
    Map<String, float[]> gradients = new HashMap<>();
    try (Evaluator runtime = new Evaluator(differentiated.model())) {
      Map<String, Array> result = runtime.run(all);
      differentiated
          .gradients()
          .forEach((name, output) -> gradients.put(name, result.get(output).content()));
    }
    return gradients;
  }

  private static double claimed(Map<String, float[]> gradients, Map<String, double[]> direction) {
    double claimed = 0;
    for (Map.Entry<String, double[]> own : direction.entrySet()) {
      float[] gradient = gradients.get(own.getKey());
      for (int i = 0; i < gradient.length; i++) {
        claimed += own.getValue()[i] * gradient[i];
      }
    }
    return claimed;
  }

  /** Returns the gradient up or down, and as much to random sides, in a length of 1 / gradient. */
  private static double[] direction(float[] gradient, Random random) {
    double square = 0;
    for (float number : gradient) {
      square += (double) number * number;
    }
    double length = Math.max(1e-3, Math.sqrt(square));
    double sign = random.nextBoolean() ? 1 : -1;
    double[] direction = new double[gradient.length];
    for (int i = 0; i < direction.length; i++) {
      double side = random.nextGaussian() / Math.sqrt(direction.length);
      direction[i] = (sign * gradient[i] / length + side) / length;
    }
    return direction;
  }

  private static double slope(
      Interpreter interpreter,
      Map<String, DoubleTensor> inputs,
      Map<String, double[]> direction,
      double step) {
    return (loss(interpreter, inputs, direction, step)
            - loss(interpreter, inputs, direction, -step))
        / (2 * step);
  }

  /** Returns the sum of both images' cross-entropies. */
  private static double loss(
      Interpreter interpreter,
      Map<String, DoubleTensor> inputs,
      Map<String, double[]> direction,
      double step) {
    Map<String, DoubleTensor> moved = new HashMap<>(inputs);
    direction.forEach(
        (name, own) -> {
          DoubleTensor old = inputs.get(name);
          double[] content = old.content().clone();
          for (int i = 0; i < content.length; i++) {
            content[i] += step * own[i];
          }
          moved.put(name, DoubleTensor.of(content, old.shape()));
        });
    double[] logits = interpreter.run(moved).values().iterator().next().content();
    int classes = logits.length / 2;
    double loss = 0;
    for (int image = 0; image < 2; image++) {
      double sum = 0;
      for (int k = 0; k < classes; k++) {
        sum += Math.exp(logits[image * classes + k] - logits[image * classes + image]);
      }
      loss += Math.log(sum);
    }
    return loss;
  }
}
