package io.hone.onnx.shape;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.onnx.gradient.cases.OperatorCases;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import io.hone.onnx.opset.OpsetRaiser;
import io.hone.onnx.support.Array;
import io.hone.onnx.support.Evaluator;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The shapes told of each operator's results are those that ONNX Runtime computes. */
class OperatorShapesTest {
  private static final int CASES = 6;

  @TestFactory
  Stream<DynamicTest> tellsWhatARunComputes() {
    return OperatorCases.all()
        .flatMap(
            cases ->
                cases.opsets().stream()
                    .map(
                        opset ->
                            DynamicTest.dynamicTest(
                                cases.operator() + " of opset " + opset,
                                () -> check(cases, opset))));
  }

  private static void check(OperatorCases cases, int opset) {
    for (int number = 0; number < CASES; number++) {
      Random random = new Random(17L * cases.operator().hashCode() + number);
      long[] shape = cases.shapes().draw(random);
      GraphEditor graph = GraphEditor.create(opset);
      Value image = graph.input("image", ElementType.FLOAT, Shape.of(shape));
      Value result = cases.node().draw(graph, image, shape, random);
      Value output = graph.output("result", graph.op("Identity", result));
      OnnxModel model = graph.build(cases.operator());
      Shape told = Shapes.of(OpsetRaiser.raise(model)).of(output).orElse(null);
      try (Evaluator evaluator = new Evaluator(model)) {
        long[] actual =
            evaluator
                .run(Map.of("image", Array.uniform(random, -1, 1, shape)))
                .get(output.name())
                .shape();
        assertThat(told).as("shape of case %s", number).isNotNull();
        assertThat(told.rank()).as("axes of case %s", number).isEqualTo(actual.length);
        // How much Compress keeps may depend on the image.
        for (int axis = 0; axis < actual.length; axis++) {
          if (told.axis(axis).isFixed() || !cases.operator().equals("Compress")) {
            assertThat(told.axis(axis).size())
                .as("axis %s of case %s", axis, number)
                .isEqualTo(actual[axis]);
          }
        }
      }
    }
  }
}
