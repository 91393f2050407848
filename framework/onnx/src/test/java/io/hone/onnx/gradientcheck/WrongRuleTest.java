package io.hone.onnx.gradientcheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.hone.onnx.gradient.AttackLoss;
import io.hone.onnx.gradient.DifferentiatedModel;
import io.hone.onnx.gradient.GradientGraph;
import io.hone.onnx.gradient.operator.StandardGradients;
import io.hone.onnx.gradient.rule.BackwardStep;
import io.hone.onnx.gradient.rule.GradientRegistry;
import io.hone.onnx.gradient.rule.OperatorGradient;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Value;
import io.hone.onnx.support.Array;
import io.hone.onnx.support.Evaluator;
import io.hone.onnx.support.Networks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A check of real networks finds a rule that is wrong, and none where all are right. */
class WrongRuleTest {
  private static final int IMAGES = 4;

  /** The first logit of a network, and the gradient that a registry makes of it. */
  private static final class FirstLogit implements CheckedFunction, AutoCloseable {
    private final Evaluator forward;
    private final Evaluator backward;
    private final DifferentiatedModel graph;
    private final long[] shape;

    FirstLogit(OnnxModel model, GradientRegistry registry, long... shape) {
      this.shape = shape;
      forward = new Evaluator(model);
      graph = GradientGraph.of(model).registry(registry).loss(AttackLoss.cotangent()).build();
      backward = new Evaluator(graph.model());
    }

    @Override
    public double[] values(int image, float[][] variations) {
      double[] values = new double[variations.length];
      for (int i = 0; i < values.length; i++) {
        Map<String, Array> outputs =
            forward.run(Map.of(graph.image(), new Array(variations[i], shape)));
        values[i] = outputs.values().iterator().next().content()[0];
      }
      return values;
    }

    @Override
    public float[] gradient(int image, float[] pixels) {
      Array scores =
          forward.run(Map.of(graph.image(), new Array(pixels, shape))).values().iterator().next();
      float[] first = new float[scores.content().length];
      first[0] = 1;
      return backward
          .run(
              Map.of(
                  graph.image(),
                  new Array(pixels, shape),
                  graph.lossInput(),
                  new Array(first, scores.shape())))
          .get(graph.gradient())
          .content();
    }

    @Override
    public void close() {
      forward.close();
      backward.close();
    }
  }

  private static CheckReport check(OnnxModel model, GradientRegistry registry, long... shape) {
    return check(CheckSettings.DEFAULT, IMAGES, model, registry, shape);
  }

  private static CheckReport check(
      CheckSettings settings,
      int count,
      OnnxModel model,
      GradientRegistry registry,
      long... shape) {
    Random random = new Random(1);
    List<float[]> images = new ArrayList<>();
    for (int image = 0; image < count; image++) {
      images.add(Array.uniform(random, 0, 1, shape).content());
    }
    try (FirstLogit function = new FirstLogit(model, registry, shape)) {
      return new GradientCheck(settings).run(function, images, image -> {});
    }
  }

  @Test
  void rightRulesAgree() {
    GradientRegistry registry = StandardGradients.registry();

    assertThat(check(Networks.lenet("MaxPool"), registry, 1, 1, 12, 12).verdict())
        .isEqualTo(Verdict.AGREES);
    assertThat(check(Networks.residual(), registry, 1, 3, 8, 8).verdict())
        .isEqualTo(Verdict.AGREES);
    assertThat(check(Networks.inception(), registry, 1, 2, 9, 9).verdict())
        .isEqualTo(Verdict.AGREES);
  }

  static List<Arguments> wrongRules() {
    OnnxModel lenet = Networks.lenet("MaxPool");
    OnnxModel inception = Networks.inception();
    long[] digits = {1, 1, 12, 12};
    long[] pictures = {1, 2, 9, 9};
    return List.of(
        arguments(
            "a mask forgotten",
            lenet,
            digits,
            OperatorGradient.of("Relu", step -> step.give(0, step.gradient()))),
        arguments(
            "nothing passed on by a gate", inception, pictures, OperatorGradient.zero("Sigmoid")),
        arguments(
            "y instead of its square",
            inception,
            pictures,
            tanh((step, y) -> step.graph().op("Sub", step.graph().scalar(1), y))),
        arguments(
            "five percent too much",
            inception,
            pictures,
            tanh(
                (step, y) ->
                    step.mul(
                        step.graph().op("Sub", step.graph().scalar(1), step.mul(y, y)),
                        step.graph().scalar(1.05f)))));
  }

  @Test
  void largeImagesAreJudgedByManyFeaturesAtOnce() {
    OnnxModel model = Networks.large();
    long[] shape = {1, 3, 224, 224};
    GradientRegistry right = StandardGradients.registry();
    GradientRegistry wrong =
        right.with(OperatorGradient.of("Relu", step -> step.give(0, step.gradient())));

    CheckSettings few = new CheckSettings(10, 0.01, 0, 32);

    assertThat(check(few, 1, model, right, shape).verdict()).isEqualTo(Verdict.AGREES);
    CheckReport disagreeing = check(few, 1, model, wrong, shape);
    assertThat(disagreeing.verdict()).isEqualTo(Verdict.DISAGREES);
    assertThat(disagreeing.directions().wrong()).isNotEmpty();
  }

  private static OperatorGradient tanh(BiFunction<BackwardStep, Value, Value> slope) {
    return OperatorGradient.of(
        "Tanh", step -> step.give(0, step.mul(step.gradient(), slope.apply(step, step.y()))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrongRules")
  void aWrongRuleDisagrees(String mistake, OnnxModel model, long[] shape, OperatorGradient rule) {
    CheckReport report = check(model, StandardGradients.registry().with(rule), shape);

    assertThat(report.verdict()).as(mistake).isEqualTo(Verdict.DISAGREES);
    JudgedFeature worst = report.worst().orElseThrow();
    assertThat(Math.abs(worst.gradient() - worst.quotient()))
        .isGreaterThan(0.03 * Math.abs(worst.quotient()));
  }
}
