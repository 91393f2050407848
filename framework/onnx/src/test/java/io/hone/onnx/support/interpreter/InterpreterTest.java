package io.hone.onnx.support.interpreter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import io.hone.onnx.support.Array;
import io.hone.onnx.support.Evaluator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The interpreter gives what ONNX Runtime gives, to the precision of floats. */
class InterpreterTest {
  private static final double TOLERANCE = 1e-5;

  static List<InterpreterCases.Case> cases() {
    return InterpreterCases.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agreesWithOnnxRuntime(InterpreterCases.Case oneCase) {
    GraphEditor graph = GraphEditor.create(oneCase.opset());
    Value image = graph.input("image", ElementType.FLOAT, Shape.of(2, 4, 6, 7));
    graph.output("result", oneCase.draw().apply(graph, image));
    OnnxModel model = graph.build(oneCase.toString());
    Array content = Array.uniform(new Random(3), -1, 1, 2, 4, 6, 7);
    try (Evaluator runtime = new Evaluator(model)) {
      Array expected = runtime.run(Map.of("image", content)).get("result");
      assertClose(new Interpreter(model).run(DoubleTensor.of(content)).get("result"), expected);
    }
  }

  static void assertClose(DoubleTensor actual, Array expected) {
    assertThat(actual.shape()).isEqualTo(DoubleTensor.narrowed(expected.shape()));
    double largest = 0;
    for (float number : expected.content()) {
      largest = Math.max(largest, Math.abs(number));
    }
    for (int i = 0; i < expected.content().length; i++) {
      assertThat(actual.content()[i])
          .as("element %s", i)
          .isCloseTo(expected.content()[i], Offset.offset(TOLERANCE * largest));
    }
  }

  /** Values from tables of the error function. */
  @Test
  void knowsTheErrorFunctionToThePrecisionOfDoubles() {
    assertThat(ElementwiseOperators.erf(0.5)).isCloseTo(0.5204998778130465, Offset.offset(1e-15));
    assertThat(ElementwiseOperators.erf(-2)).isCloseTo(-0.9953222650189527, Offset.offset(1e-15));
    assertThat(ElementwiseOperators.erf(4)).isCloseTo(0.9999999845827421, Offset.offset(1e-15));
    assertThat(ElementwiseOperators.erf(0)).isZero();
    assertThat(ElementwiseOperators.erf(30)).isEqualTo(1);
  }

  @Test
  void saysWhichOperatorItLacks() {
    GraphEditor graph = GraphEditor.create(18);
    Value image =
        graph.input("image", ElementType.FLOAT, Shape.of(Dimension.named("N"), Dimension.of(2)));
    graph.output("result", graph.op("Frobnicate", image));
    Interpreter interpreter = new Interpreter(graph.build("odd"));
    assertThatThrownBy(() -> interpreter.run(DoubleTensor.of(new double[2], 1, 2)))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("Frobnicate");
  }
}
