package io.hone.onnx.simplify;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import io.hone.onnx.support.Array;
import io.hone.onnx.support.Evaluator;
import io.hone.onnx.support.interpreter.DoubleTensor;
import io.hone.onnx.support.interpreter.Interpreter;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PadsOfAllAxesTest {
  /** Behind a Transpose, where ONNX Runtime's optimizer goes wrong about pads of some axes. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void padsWhatTheModelPads(boolean computed) {
    GraphEditor graph = GraphEditor.create(18);
    Value image =
        graph.input(
            "image",
            ElementType.FLOAT,
            Shape.of(Dimension.named("N"), Dimension.of(3), Dimension.of(4), Dimension.of(5)));
    Value last = graph.node("Transpose", image).with("perm", new long[] {0, 2, 3, 1}).output();
    Value pads = graph.list(1, 2, 0, 3);
    if (computed) {
      // Twice the number of images is not known beforehand.
      Value batch = graph.node("Shape", image).with("end", 1).output();
      pads = graph.op("Mul", graph.list(1, 2, 0, 3), batch);
    }
    Value padded = graph.op("Pad", last, pads, graph.scalar(0.5f), graph.list(-2, 1));
    graph.output(
        "result", graph.node("Transpose", padded).with("perm", new long[] {0, 3, 1, 2}).output());
    OnnxModel model = graph.build("padded");
    OnnxModel simple = Simplifier.forInference(model);
    assertThat(simple.nodes())
        .filteredOn(node -> node.is("Pad"))
        .singleElement()
        .matches(node -> node.input(3).isAbsent());
    Array content = Array.uniform(new Random(1), 0, 1, 2, 3, 4, 5);
    double[] expected =
        new Interpreter(model).run(DoubleTensor.of(content)).get("result").content();
    try (Evaluator runtime = new Evaluator(simple)) {
      float[] actual = runtime.run(Map.of("image", content)).get("result").content();
      assertThat(actual).hasSameSizeAs(expected);
      for (int i = 0; i < actual.length; i++) {
        assertThat((double) actual[i])
            .as("number %s", i)
            .isCloseTo(expected[i], Offset.offset(1e-6));
      }
    }
  }
}
