package io.hone.plugins.optimization.cw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.victim.Access;
import io.hone.testkit.CountingVictim;
import io.hone.testkit.TestRun;
import io.hone.testkit.TinySamples;
import io.hone.testkit.model.ExactClassifier;
import io.hone.testkit.model.LinearClassifier;
import java.util.Arrays;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GoalFunctionTest {
  private static final ImageShape SHAPE = new ImageShape(1, 3, 4);
  private static final double KAPPA = 0.4;

  static Stream<Arguments> functionsAndGoals() {
    return Arrays.stream(GoalFunction.values())
        .flatMap(each -> Stream.of(Arguments.of(each, true), Arguments.of(each, false)));
  }

  @ParameterizedTest(name = "{0}, targeted: {1}")
  @MethodSource("functionsAndGoals")
  void isWhatThePaperSays(GoalFunction function, boolean targeted) {
    for (float[] logits :
        new float[][] {{1, 2, 0.5f, -1}, {3, 2.5f, 0, 0}, {-5, -9, -2, -3}, {0, 0, 0, 0}}) {
      double expected = byDefinition(function, logits, 2, targeted);
      assertThat(standing(logits, 2, targeted))
          .extracting(standing -> function.value(standing, kappa(function)))
          .asInstanceOf(InstanceOfAssertFactories.DOUBLE)
          .isCloseTo(expected, within(1e-9));
    }
  }

  @ParameterizedTest(name = "{0}, targeted: {1}")
  @MethodSource("functionsAndGoals")
  void hasTheGradientOfItsValue(GoalFunction function, boolean targeted) {
    TinySamples samples = new TinySamples(SHAPE, 12);
    ExactClassifier model = samples.classifier();
    ImageBatch images = samples.clean(targeted).images();
    int[] goals = samples.clean(targeted).goalClasses();
    CountingVictim victim = new CountingVictim(model, Access.GRADIENTS, new TestRun(1));
    FunctionQuery query = new FunctionQuery(function, targeted);
    FunctionQuery.Answer answer = query.ask(victim, images, goals);
    assertThat(victim.calls()).isEqualTo(query.cost());
    for (int row = 0; row < images.size(); row++) {
      double[] image = new double[SHAPE.features()];
      for (int feature = 0; feature < image.length; feature++) {
        image[feature] = images.pixels().get(row, feature);
      }
      Standing standing = standing(answer.logits().row(row), goals[row], targeted);
      double factor = function.factor(standing, kappa(function), targeted);
      for (int feature = 0; feature < image.length; feature++) {
        double slope = slope(function, model, image, feature, goals[row], targeted);
        assertThat(factor * answer.gradient().get(row, feature)).isCloseTo(slope, within(1e-4));
      }
    }
  }

  @ParameterizedTest(name = "{0}, targeted: {1}")
  @MethodSource("functionsAndGoals")
  void survivesASaturatedSoftmax(GoalFunction function, boolean targeted) {
    double[][] weights = {new double[12], new double[12]};
    Arrays.fill(weights[0], 1);
    LinearClassifier model = new LinearClassifier(SHAPE, weights, new double[] {1e30, -1e30});
    Tensor pixels = Tensor.images(1, SHAPE);
    CountingVictim victim = new CountingVictim(model, Access.GRADIENTS, new TestRun(1));
    int goal = targeted ? 1 : 0;
    FunctionQuery.Answer answer =
        new FunctionQuery(function, targeted)
            .ask(victim, new ImageBatch(pixels, new long[] {1}), new int[] {goal});
    assertThat(answer.gradient().row(0)).doesNotContain(Float.NaN);
    Standing standing = standing(answer.logits().row(0), goal, targeted);
    assertThat(function.value(standing, 0)).isNotNaN();
  }

  private static double slope(
      GoalFunction function,
      ExactClassifier model,
      double[] image,
      int feature,
      int goal,
      boolean targeted) {
    double step = 1e-5;
    double[] moved = image.clone();
    moved[feature] += step;
    double above = byDefinition(function, model.logits(moved), goal, targeted);
    moved[feature] -= 2 * step;
    return (above - byDefinition(function, model.logits(moved), goal, targeted)) / (2 * step);
  }

  private static double byDefinition(
      GoalFunction function, float[] logits, int goal, boolean targeted) {
    double[] wide = new double[logits.length];
    Arrays.setAll(wide, index -> logits[index]);
    return byDefinition(function, wide, goal, targeted);
  }

  private static double byDefinition(
      GoalFunction function, double[] logits, int goal, boolean targeted) {
    double sum = Arrays.stream(logits).map(Math::exp).sum();
    double[] probabilities = Arrays.stream(logits).map(logit -> Math.exp(logit) / sum).toArray();
    double wanted = targeted ? probabilities[goal] : 1 - probabilities[goal];
    double logitMargin = margin(logits, goal, targeted) + kappa(function);
    double probabilityMargin = margin(probabilities, goal, targeted);
    return switch (function) {
      case F1 -> -Math.log(wanted) - 1;
      case F2 -> Math.max(probabilityMargin, 0);
      case F3 -> Math.log(1 + Math.exp(probabilityMargin)) - Math.log(2);
      case F4 -> Math.max(0.5 - wanted, 0);
      case F5 -> -Math.log(2 * wanted);
      case F6 -> Math.max(logitMargin, 0);
      case F7 -> Math.log(1 + Math.exp(logitMargin)) - Math.log(2);
    };
  }

  private static double kappa(GoalFunction function) {
    return function.knowsConfidence() ? KAPPA : 0;
  }

  private static double margin(double[] values, int goal, boolean targeted) {
    double rival = Double.NEGATIVE_INFINITY;
    for (int index = 0; index < values.length; index++) {
      rival = index == goal ? rival : Math.max(rival, values[index]);
    }
    return targeted ? rival - values[goal] : values[goal] - rival;
  }

  private static Standing standing(float[] logits, int goal, boolean targeted) {
    Standing standing = new Standing(targeted, logits.length);
    System.arraycopy(logits, 0, standing.logits(), 0, logits.length);
    standing.read(goal);
    return standing;
  }
}
