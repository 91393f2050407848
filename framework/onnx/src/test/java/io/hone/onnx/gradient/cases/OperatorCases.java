package io.hone.onnx.gradient.cases;

import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;

/**
 * How to draw graphs of one operator, at each opset in which it took another form.
 *
 * @param operator such as {@code Conv}
 * @param opsets the opsets to write graphs in; {@link Node#draw} reads the one at hand off the
 *     graph
 * @param shapes draws shapes of the image
 * @param node draws a use of the operator
 */
public record OperatorCases(String operator, List<Integer> opsets, Shapes shapes, Node node) {
  /** Draws shapes of the image. */
  @FunctionalInterface
  public interface Shapes {
    long[] draw(Random random);
  }

  /** Draws one use of an operator: reads the image, returns what is differentiated. */
  @FunctionalInterface
  public interface Node {
    Value draw(GraphEditor graph, Value image, long[] shape, Random random);
  }

  /** Every operator's cases; an operator may have several. */
  public static Stream<OperatorCases> all() {
    return Stream.of(
            ActivationCases.all(),
            ArithmeticCases.all(),
            WindowCases.all(),
            ProductCases.all(),
            NormalizationCases.all(),
            RearrangingCases.all(),
            SelectionCases.all(),
            IndexedCases.all(),
            SamplingCases.all(),
            ReductionCases.all())
        .flatMap(family -> family);
  }

  /** What is checked of a drawn graph. */
  @FunctionalInterface
  public interface Check {
    void of(DrawnGraph drawn);
  }

  /**
   * Returns a test for each graph of every operator.
   *
   * @param graphs how many are drawn of an operator at each opset
   */
  public static Stream<DynamicNode> tests(ToIntFunction<OperatorCases> graphs, Check check) {
    return all()
        .map(
            cases ->
                DynamicContainer.dynamicContainer(
                    cases.operator(),
                    cases.opsets().stream()
                        .flatMap(
                            opset ->
                                IntStream.range(0, graphs.applyAsInt(cases))
                                    .mapToObj(number -> cases.test(opset, number, check)))));
  }

  private DynamicTest test(int opset, int number, Check check) {
    return DynamicTest.dynamicTest(
        operator + " of opset " + opset + ", case " + number,
        () -> check.of(DrawnGraph.of(this, opset, number)));
  }

  /** Cases in the form of opset 18. */
  static OperatorCases of(String operator, Shapes shapes, Node node) {
    return new OperatorCases(operator, List.of(18), shapes, node);
  }

  /** The same in the forms of other opsets. */
  OperatorCases at(Integer... versions) {
    return new OperatorCases(operator, Arrays.asList(versions), shapes, node);
  }
}
