package io.hone.onnx.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import io.hone.onnx.support.Array;
import io.hone.onnx.support.Evaluator;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Gradients at kinks and poles, and behind branches that were not taken. */
class SingularSlopeTest {
  @FunctionalInterface
  interface Function {
    Value of(GraphEditor graph, Value image);
  }

  static Stream<Arguments> guarded() {
    return Stream.of(
        named("Log", (g, x) -> g.op("Log", x)),
        named("Sqrt", (g, x) -> g.op("Sqrt", x)),
        named("Reciprocal", (g, x) -> g.op("Reciprocal", g.op("Relu", x))),
        named("Div", (g, x) -> g.op("Div", g.scalar(2), g.op("Relu", x))),
        named("Pow", (g, x) -> g.op("Pow", x, g.scalar(-1.5f))),
        named("Pow of the image", (g, x) -> g.op("Pow", x, x)),
        named("Asin", (g, x) -> g.op("Asin", g.op("Sub", g.scalar(1.5f), x))),
        named("Acosh", (g, x) -> g.op("Acosh", g.op("Add", g.scalar(0.9f), x))),
        named("Atanh", (g, x) -> g.op("Atanh", g.op("Sub", g.scalar(0.9f), x))),
        named(
            "overflow",
            (g, x) -> {
              Value huge = g.op("Exp", g.op("Mul", g.op("Sub", g.scalar(0.6f), x), g.scalar(200)));
              return g.op("Mul", g.op("Log", g.op("Add", huge, g.scalar(1))), huge);
            }));
  }

  private static Arguments named(String name, Function function) {
    return Arguments.of(name, function);
  }

  /** What is in the other branch has no value where it was not taken. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("guarded")
  void doesNotLetABranchThatWasNotTakenSpoilTheGradient(String name, Function function) {
    Function chosen =
        (g, x) -> {
          Value taken = g.op("Greater", x, g.scalar(0.2f));
          Value steep = g.op("Neg", function.of(g, x));
          return g.op("Where", taken, steep, g.op("Mul", x, g.scalar(3)));
        };
    float[] gradient = gradient(chosen, -1, 0, 0.1f, 0.6f);
    assertThat(Arrays.copyOf(gradient, 3)).containsExactly(3, 3, 3);
    assertThat(Float.isFinite(gradient[3])).isTrue();
    assertThat(gradient[3]).isNotZero();
  }

  @Test
  void passesNothingOnWhereASlopeIsInfinite() {
    Function norm = (g, x) -> g.op("Sqrt", g.op("ReduceSum", g.op("Mul", x, x), g.list(1)));
    assertThat(gradient(norm, 0, 0)).containsExactly(0, 0);
    assertThat(gradient((g, x) -> g.op("Sqrt", x), 0, 4)).containsExactly(0, 0.25f);
    assertThat(gradient((g, x) -> g.op("Pow", x, g.scalar(0.5f)), 0, 4)).containsExactly(0, 0.25f);
    assertThat(gradient((g, x) -> g.op("Log", g.op("Relu", x)), -1, 2)).containsExactly(0, 0.5f);
    assertThat(gradient((g, x) -> g.op("Asin", x), 1, 0)).containsExactly(0, 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ReduceL1", "ReduceL2", "LpNormalization"})
  void passesNothingOnFromANormOfZero(String operator) {
    assertThat(gradient((g, x) -> g.op(operator, x), 0, 0)).containsExactly(0, 0);
  }

  @Test
  void keepsPowersOfZeroAndOfNegativeNumbers() {
    assertThat(gradient((g, x) -> g.op("Pow", x, g.scalar(2)), 0, -3)).containsExactly(0, -6);
    assertThat(gradient((g, x) -> g.op("Pow", x, g.scalar(1)), 0, -3)).containsExactly(1, 1);
    assertThat(gradient((g, x) -> g.op("Pow", x, g.scalar(0)), 0, -3)).containsExactly(0, 0);
    assertThat(gradient((g, x) -> g.op("Pow", x, g.scalar(3)), 0, -2)).containsExactly(0, 12);
  }

  /** As PyTorch's amax does; MaxPool alone gives all to the first. */
  @ParameterizedTest
  @ValueSource(strings = {"ReduceMax", "ReduceMin"})
  void sharesTheGradientAmongEqualExtrema(String operator) {
    assertThat(gradient((g, x) -> g.op(operator, x), 2, 2)).containsExactly(0.5f, 0.5f);
  }

  @Test
  void givesTheProductOfAllOthersEvenWhereFactorsAreZero() {
    assertThat(gradient((g, x) -> g.op("ReduceProd", x), 2, 3, 4)).containsExactly(12, 8, 6);
    assertThat(gradient((g, x) -> g.op("ReduceProd", x), 2, 0, 4)).containsExactly(0, 8, 0);
    assertThat(gradient((g, x) -> g.op("ReduceProd", x), 0, 0, 4)).containsExactly(0, 0, 0);
  }

  /** The gradient of the sum of what a function makes of one row of numbers. */
  private static float[] gradient(Function function, float... numbers) {
    GraphEditor graph = GraphEditor.create(18);
    Value image = graph.input("image", ElementType.FLOAT, Shape.of(1, numbers.length));
    Value sum = graph.op("ReduceSum", function.of(graph, image), graph.list(1));
    graph.output("logits", graph.node("Concat", sum, sum).with("axis", 1).output());
    DifferentiatedModel differentiated =
        GradientGraph.of(graph.build("steep")).loss(AttackLoss.cotangent()).build();
    try (Evaluator evaluator = new Evaluator(differentiated.model())) {
      Array weights = new Array(new float[] {1, 0}, 1, 2);
      return evaluator
          .run(
              Map.of(
                  "image",
                  new Array(numbers, 1, numbers.length),
                  differentiated.lossInput(),
                  weights))
          .get(differentiated.gradient())
          .content();
    }
  }
}
