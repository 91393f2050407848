package io.hone.onnx.gradient;

import io.hone.onnx.gradient.cases.DrawnGraph;
import io.hone.onnx.gradient.cases.OperatorCases;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/**
 * Each operator's gradient against finite differences of the model as it was written, over drawn
 * shapes and attributes, in every opset's form.
 */
class OperatorGradientTest {
  /** Graphs drawn for an operator at its only opset; where it has several, each gets half. */
  private static final int CASES = 16;

  @TestFactory
  Stream<DynamicNode> everyOperatorAgreesWithFiniteDifferences() {
    return OperatorCases.tests(OperatorGradientTest::graphs, OperatorGradientTest::check);
  }

  /** Returns how many graphs are drawn at each of the opsets. */
  static int graphs(OperatorCases cases) {
    return cases.opsets().size() == 1 ? CASES : CASES / 2;
  }

  private static void check(DrawnGraph drawn) {
    FiniteDifferences.check(drawn.model(), drawn.image(), drawn.random());
  }
}
