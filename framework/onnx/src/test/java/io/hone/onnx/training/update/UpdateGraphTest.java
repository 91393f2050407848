package io.hone.onnx.training.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.hone.onnx.graph.Shape;
import io.hone.onnx.support.Array;
import io.hone.onnx.support.Evaluator;
import io.hone.onnx.training.Weight;
import io.hone.onnx.training.WeightKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Steps of the graph against the formulas of the optimisers in double precision. */
class UpdateGraphTest {
  private static final int STEPS = 4;
  private static final double RATE = 0.05;
  private static final List<Weight> WEIGHTS =
      List.of(
          new Weight("kernel", Shape.of(2L, 3L), WeightKind.KERNEL),
          new Weight("bias", Shape.of(2L), WeightKind.BIAS));

  static Stream<UpdateRules> rules() {
    GradientDescent plain = new GradientDescent(0, false);
    return Stream.of(
        UpdateRules.of(plain),
        UpdateRules.of(plain).decaying(0.1f),
        UpdateRules.of(plain).clipped(0.5f),
        UpdateRules.of(plain).clipped(500),
        UpdateRules.of(new GradientDescent(0.9f, false)).decaying(0.01f),
        UpdateRules.of(new GradientDescent(0.9f, true)),
        UpdateRules.of(Adam.usual()),
        UpdateRules.of(Adam.usual()).decaying(0.1f),
        UpdateRules.of(Adam.usualDecoupled()).decaying(0.1f).clipped(0.5f));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void stepsAsTheFormulasSay(UpdateRules rules) {
    int shards = 3;
    UpdateGraph graph = UpdateGraph.of(WEIGHTS, shards, rules);
    Random random = new Random(5);
    Map<String, Array> tensors = new HashMap<>();
    Map<String, InDouble> expected = new HashMap<>();
    for (TensorPort port : graph.ports().tensors()) {
      long[] shape = port.shape().sizes();
      tensors.put(
          port.input(),
          port.isWeight()
              ? Array.uniform(random, -1, 1, shape)
              : new Array(new float[(int) port.shape().elements()], shape));
    }
    for (Weight weight : WEIGHTS) {
      expected.put(weight.name(), new InDouble(tensors.get(weight.name()).content()));
    }
    try (Evaluator runtime = new Evaluator(graph.model())) {
      for (int step = 1; step <= STEPS; step++) {
        Map<String, double[]> sums = new HashMap<>();
        Map<String, Object> feed = new HashMap<>(tensors);
        for (Weight weight : WEIGHTS) {
          sums.put(weight.name(), feedGradients(graph.ports(), weight, random, feed));
        }
        rules
            .optimizer()
            .numbers(RATE, step)
            .forEach((name, number) -> feed.put(name, new Array(new float[] {number}, 1)));
        Map<String, Array> result = runtime.run(feed);
        double norm = norm(sums);
        assertThat(result.get(graph.ports().norm()).content()[0])
            .isCloseTo((float) norm, within(1e-5f));
        for (Weight weight : WEIGHTS) {
          boolean decays = weight.kind() == WeightKind.KERNEL;
          expected.get(weight.name()).step(rules, sums.get(weight.name()), norm, decays, step);
        }
        for (TensorPort port : graph.ports().tensors()) {
          tensors.put(port.input(), result.get(port.output()));
        }
      }
    }
    for (Weight weight : WEIGHTS) {
      float[] found = tensors.get(weight.name()).content();
      double[] wanted = expected.get(weight.name()).weight;
      for (int i = 0; i < found.length; i++) {
        assertThat((double) found[i]).isCloseTo(wanted[i], within(2e-6));
      }
    }
  }

  private static double[] feedGradients(
      UpdatePorts ports, Weight weight, Random random, Map<String, Object> feed) {
    double[] sum = new double[(int) weight.shape().elements()];
    for (String input : ports.gradients().get(weight.name())) {
      Array gradient = Array.uniform(random, -1, 1, weight.shape().sizes());
      feed.put(input, gradient);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += gradient.content()[i];
      }
    }
    return sum;
  }

  private static double norm(Map<String, double[]> gradients) {
    double squares = 0;
    for (double[] gradient : gradients.values()) {
      for (double number : gradient) {
        squares += number * number;
      }
    }
    return Math.sqrt(squares);
  }

  /** A weight that is stepped by the formulas, in double precision. */
  private static final class InDouble {
    private final double[] weight;
    private final double[] first;
    private final double[] second;

    InDouble(float[] start) {
      weight = new double[start.length];
      first = new double[start.length];
      second = new double[start.length];
      for (int i = 0; i < start.length; i++) {
        weight[i] = start[i];
      }
    }

    void step(UpdateRules rules, double[] gradient, double norm, boolean decays, int step) {
      double scale = Math.min(1, rules.largestNorm() / (norm + 1e-6));
      for (int i = 0; i < weight.length; i++) {
        double slope = gradient[i] * scale;
        if (rules.optimizer() instanceof Adam adam) {
          if (decays && adam.decoupled()) {
            weight[i] *= 1 - RATE * rules.decay();
          } else if (decays) {
            slope += rules.decay() * weight[i];
          }
          first[i] = adam.beta1() * first[i] + (1 - adam.beta1()) * slope;
          second[i] = adam.beta2() * second[i] + (1 - adam.beta2()) * slope * slope;
          double mean = first[i] / (1 - Math.pow(adam.beta1(), step));
          double square = second[i] / (1 - Math.pow(adam.beta2(), step));
          weight[i] -= RATE * mean / (Math.sqrt(square) + adam.epsilon());
        } else {
          GradientDescent descent = (GradientDescent) rules.optimizer();
          slope += decays ? rules.decay() * weight[i] : 0;
          first[i] = descent.momentum() * first[i] + slope;
          weight[i] -=
              RATE * (descent.nesterov() ? slope + descent.momentum() * first[i] : first[i]);
        }
      }
    }
  }

  @Test
  void refusesNumbersThatNoRuleTakes() {
    assertThatThrownBy(() -> new GradientDescent(1, false)).hasMessageContaining("below 1");
    assertThatThrownBy(() -> new GradientDescent(0, true)).hasMessageContaining("momentum above 0");
    assertThatThrownBy(() -> new Adam(0.9f, 0.999f, 0, false)).hasMessageContaining("above 0");
    UpdateRules rules = UpdateRules.of(Adam.usual());
    assertThatThrownBy(() -> rules.decaying(Float.NaN)).hasMessageContaining("weight decay");
    assertThatThrownBy(() -> rules.clipped(0)).hasMessageContaining("norm above 0");
    assertThatThrownBy(() -> UpdateGraph.of(WEIGHTS, 0, rules)).hasMessageContaining("a shard");
  }
}
