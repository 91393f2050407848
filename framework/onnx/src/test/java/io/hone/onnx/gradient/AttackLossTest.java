package io.hone.onnx.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.OnnxFormatException;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import io.hone.onnx.support.Array;
import io.hone.onnx.support.Evaluator;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Losses and their gradients to the logits against the same in double, written out. */
class AttackLossTest {
  private static final int CLASSES = 7;
  private static final float[] FALLING = {3, 1, -2, -3};

  static Stream<Arguments> losses() {
    return Stream.of(true, false)
        .flatMap(
            targeted ->
                Stream.of(
                        AttackLoss.crossEntropy(targeted),
                        AttackLoss.margin(targeted, Float.POSITIVE_INFINITY),
                        AttackLoss.margin(targeted, 0),
                        AttackLoss.margin(targeted, 1.5f),
                        AttackLoss.dlr(targeted),
                        AttackLoss.probabilityMargin(targeted))
                    .flatMap(
                        loss -> Stream.of(Arguments.of(loss, true), Arguments.of(loss, false))));
  }

  /** The image is the logits themselves, so that the gradient is the loss's own. */
  private static OnnxModel passing(boolean classesKnown) {
    return passing(classesKnown, CLASSES);
  }

  private static OnnxModel passing(boolean classesKnown, int count) {
    GraphEditor graph = GraphEditor.create(18);
    Dimension classes = classesKnown ? Dimension.of(count) : Dimension.named("K");
    Value image = graph.input("image", ElementType.FLOAT, Shape.of(Dimension.named("N"), classes));
    graph.output("logits", graph.op("Neg", graph.op("Neg", image)));
    return graph.build("passing");
  }

  @ParameterizedTest
  @MethodSource("losses")
  void agreesWithDouble(AttackLoss loss, boolean classesKnown) {
    Random random = new Random(3);
    int rows = 40;
    Array logits = Array.uniform(random, -4, 4, rows, CLASSES);
    long[] classes = random.longs(rows, 0, CLASSES).toArray();
    DifferentiatedModel model = GradientGraph.of(passing(classesKnown)).loss(loss).build();
    try (Evaluator evaluator = new Evaluator(model.model())) {
      Map<String, Array> result =
          evaluator.run(Map.of("image", logits, model.lossInput(), classes));
      assertThat(result.get(model.logits()).content()).containsExactly(logits.content());
      for (int row = 0; row < rows; row++) {
        double[] z = new double[CLASSES];
        for (int k = 0; k < CLASSES; k++) {
          z[k] = logits.content()[row * CLASSES + k];
        }
        Expected expected = expected(loss, z, (int) classes[row]);
        assertThat((double) result.get(model.loss()).content()[row])
            .as("loss of row %s", row)
            .isCloseTo(expected.loss(), within(2e-6 * Math.max(1, Math.abs(expected.loss()))));
        for (int k = 0; k < CLASSES; k++) {
          double slope = expected.gradient()[k];
          assertThat((double) result.get(model.gradient()).content()[row * CLASSES + k])
              .as("gradient of row %s, class %s", row, k)
              .isCloseTo(slope, within(1e-6 * Math.max(1, Math.abs(slope))));
        }
      }
    }
  }

  private record Expected(double loss, double[] gradient) {}

  private static Expected expected(AttackLoss loss, double[] z, int c) {
    double[] gradient = new double[z.length];
    if (loss instanceof AttackLoss.CrossEntropy entropy) {
      double sum = 0;
      for (double score : z) {
        sum += Math.exp(score);
      }
      double sign = entropy.targeted() ? 1 : -1;
      for (int k = 0; k < z.length; k++) {
        gradient[k] = sign * (Math.exp(z[k]) / sum - (k == c ? 1 : 0));
      }
      return new Expected(sign * (Math.log(sum) - z[c]), gradient);
    }
    if (loss instanceof AttackLoss.DifferenceOfLogitsRatio ratio) {
      return differences(logits -> LossesInDouble.ratio(ratio.targeted(), logits, c), z);
    }
    if (loss instanceof AttackLoss.ProbabilityMargin margin) {
      return differences(
          logits -> LossesInDouble.probabilityMargin(margin.targeted(), logits, c), z);
    }
    AttackLoss.Margin margin = (AttackLoss.Margin) loss;
    int rival = -1;
    for (int k = 0; k < z.length; k++) {
      if (k != c && (rival < 0 || z[k] > z[rival])) {
        rival = k;
      }
    }
    double sign = margin.targeted() ? 1 : -1;
    double value = sign * (z[rival] - z[c]);
    if (value <= -margin.confidence()) {
      return new Expected(-margin.confidence(), gradient);
    }
    gradient[rival] = sign;
    gradient[c] = -sign;
    return new Expected(value, gradient);
  }

  /** Returns a loss and its central differences, exact to 1e-9 where no two logits are near. */
  private static Expected differences(ToDoubleFunction<double[]> loss, double[] z) {
    double step = 1e-5;
    double[] gradient = new double[z.length];
    for (int k = 0; k < z.length; k++) {
      double[] above = z.clone();
      double[] below = z.clone();
      above[k] += step;
      below[k] -= step;
      gradient[k] = (loss.applyAsDouble(above) - loss.applyAsDouble(below)) / (2 * step);
    }
    return new Expected(loss.applyAsDouble(z), gradient);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void dividesByTheSpreadThatFewClassesHave(int classes) {
    for (boolean known : new boolean[] {true, false}) {
      for (boolean targeted : new boolean[] {true, false}) {
        Result result = run(AttackLoss.dlr(targeted), known, FALLING, classes);
        double spread =
            switch (classes) {
              case 2 -> 1;
              case 3 -> 5;
              default -> targeted ? 5.5 : 5;
            };
        assertThat((double) result.loss()).isCloseTo((targeted ? -2 : 2) / spread, within(1e-7));
        double[] z = new double[classes];
        for (int k = 0; k < classes; k++) {
          z[k] = FALLING[k];
        }
        Expected expected = differences(logits -> LossesInDouble.ratio(targeted, logits, 0), z);
        for (int k = 0; k < classes; k++) {
          assertThat((double) result.gradient()[k]).isCloseTo(expected.gradient()[k], within(1e-6));
        }
      }
    }
  }

  private record Result(float loss, float[] gradient) {}

  /** Runs one image of class 0. */
  private static Result run(AttackLoss loss, boolean known, float[] logits, int classes) {
    DifferentiatedModel model = GradientGraph.of(passing(known, classes)).loss(loss).build();
    Array image = new Array(Arrays.copyOf(logits, classes), 1, classes);
    try (Evaluator evaluator = new Evaluator(model.model())) {
      Map<String, Array> result =
          evaluator.run(Map.of("image", image, model.lossInput(), new long[] {0}));
      return new Result(
          result.get(model.loss()).content()[0], result.get(model.gradient()).content());
    }
  }

  @Test
  void equalLogitsCountInTheOrderOfTheirClasses() {
    Result untargeted = run(AttackLoss.dlr(false), true, new float[] {2, 2, 1, 1, 1}, 5);
    assertThat(untargeted.loss()).isZero();
    assertThat(untargeted.gradient()).containsExactly(1, -1, 0, 0, 0);
    Result third = run(AttackLoss.dlr(false), true, new float[] {3, 1, 1, 1, 1}, 5);
    assertThat(third.loss()).isEqualTo(1);
    assertThat(third.gradient()).containsExactly(0, -0.5f, 0.5f, 0, 0);
  }

  @Test
  void marginsOfProbabilitiesKeepTheirDirectionWhereOneIsNearlyCertain() {
    float[] certain = {40, 0, -1};
    Result untargeted = run(AttackLoss.probabilityMargin(false), true, certain, 3);
    double rival = Math.exp(-40);
    double third = Math.exp(-41);
    assertThat((double) untargeted.gradient()[0])
        .isCloseTo(2 * rival + third, within(rival * 1e-5));
    assertThat((double) untargeted.gradient()[1]).isCloseTo(-2 * rival, within(rival * 1e-5));
    assertThat((double) untargeted.gradient()[2]).isCloseTo(-third, within(third * 1e-5));
    Result two = run(AttackLoss.probabilityMargin(true), true, new float[] {0, 30}, 2);
    assertThat((double) two.gradient()[0]).isCloseTo(-2 * Math.exp(-30), within(1e-18));
    assertThat((double) two.gradient()[1]).isCloseTo(2 * Math.exp(-30), within(1e-18));
  }

  @Test
  void keepsTheDirectionWhereTheClassIsNearlyCertain() {
    DifferentiatedModel model =
        GradientGraph.of(passing(true)).loss(AttackLoss.crossEntropy(false)).build();
    Array logits = new Array(new float[] {40, 0, 1, 0, 0, 0, 0}, 1, CLASSES);
    try (Evaluator evaluator = new Evaluator(model.model())) {
      float[] gradient =
          evaluator
              .run(Map.of("image", logits, model.lossInput(), new long[] {0}))
              .get(model.gradient())
              .content();
      double rest = (Math.E + 5) * Math.exp(-40);
      assertThat((double) gradient[0]).isCloseTo(rest, within(rest * 1e-5));
      assertThat((double) gradient[2]).isCloseTo(-Math.exp(-39), within(Math.exp(-39) * 1e-5));
    }
  }

  @Test
  void multipliesAnyCotangent() {
    DifferentiatedModel model =
        GradientGraph.of(passing(false)).loss(AttackLoss.cotangent()).build();
    Array logits = new Array(new float[] {1, 2, 3, 4}, 2, 2);
    Array cotangent = new Array(new float[] {5, 6, -7, 8}, 2, 2);
    try (Evaluator evaluator = new Evaluator(model.model())) {
      Map<String, Array> result =
          evaluator.run(Map.of("image", logits, model.lossInput(), cotangent));
      assertThat(result.get(model.loss()).content()).containsExactly(17, 11);
      assertThat(result.get(model.gradient()).content()).containsExactly(cotangent.content());
    }
  }

  @Test
  void refusesAConfidenceThatIsNoNumber() {
    for (float confidence : List.of(-1f, Float.NaN)) {
      assertThatThrownBy(() -> AttackLoss.margin(true, confidence))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("confidence must be at least 0");
    }
  }

  @Test
  void refusesAClassifierOfOneClass() {
    GraphEditor graph = GraphEditor.create(18);
    Value image = graph.input("image", ElementType.FLOAT, Shape.of(2, 1));
    graph.output("logits", graph.op("Neg", image));
    OnnxModel model = graph.build("single.onnx");
    assertThatThrownBy(() -> GradientGraph.of(model).build())
        .isInstanceOf(OnnxFormatException.class)
        .hasMessageContaining("single.onnx")
        .hasMessageContaining("one class");
  }
}
