package io.hone.onnxruntime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import io.hone.onnx.training.TrainableWeights;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** How far fresh weights reach: {@code sqrt(6 / inputs)}. */
class FreshWeightsTest {
  private static final int INPUTS = 200;
  private static final int OUTPUTS = 10;

  private static Shape rows(int features) {
    return Shape.of(Dimension.named("N"), Dimension.of(features));
  }

  static Stream<Arguments> readers() {
    BiFunction<GraphEditor, Value, Value> gemm =
        (graph, matrix) -> graph.op("Gemm", images(graph), matrix);
    BiFunction<GraphEditor, Value, Value> turned =
        (graph, matrix) -> graph.node("Gemm", images(graph), matrix).with("transB", 1).output();
    BiFunction<GraphEditor, Value, Value> product =
        (graph, matrix) -> graph.op("MatMul", images(graph), matrix);
    BiFunction<GraphEditor, Value, Value> behindTranspose =
        (graph, matrix) ->
            graph.op(
                "MatMul",
                images(graph),
                graph.node("Transpose", matrix).with("perm", new long[] {1, 0}).output());
    BiFunction<GraphEditor, Value, Value> first =
        (graph, matrix) ->
            graph.op("Transpose", graph.op("MatMul", matrix, graph.op("Transpose", images(graph))));
    BiFunction<GraphEditor, Value, Value> firstTurned =
        (graph, matrix) ->
            graph.op(
                "Transpose",
                graph
                    .node("Gemm", matrix, images(graph))
                    .with("transA", 1)
                    .with("transB", 1)
                    .output());
    return Stream.of(
        Arguments.of("Gemm", gemm, INPUTS, OUTPUTS),
        Arguments.of("Gemm with transB", turned, OUTPUTS, INPUTS),
        Arguments.of("MatMul", product, INPUTS, OUTPUTS),
        Arguments.of("MatMul behind a Transpose", behindTranspose, OUTPUTS, INPUTS),
        Arguments.of("MatMul, first factor", first, OUTPUTS, INPUTS),
        Arguments.of("Gemm with transA, first factor", firstTurned, INPUTS, OUTPUTS));
  }

  private static Value images(GraphEditor graph) {
    return new Value("image");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("readers")
  void aMatrixIsDrawnByTheNumberOfItsInputs(
      String name, BiFunction<GraphEditor, Value, Value> reader, int rows, int columns) {
    GraphEditor graph = GraphEditor.create(18);
    graph.input("image", ElementType.FLOAT, rows(INPUTS));
    float[] numbers = new float[rows * columns];
    Random random = new Random(1);
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = random.nextFloat();
    }
    Value matrix = graph.constant("matrix", ConstantTensor.floats(numbers, rows, columns));
    graph.output("scores", reader.apply(graph, matrix));
    OnnxModel model = graph.build("matrix");
    float[] drawn =
        new FreshWeights(TrainableWeights.of(model, "scores"), model, 3)
            .draw(List.of(matrix.name()))
            .get(matrix.name());
    double largest = 0;
    for (float number : drawn) {
      largest = Math.max(largest, Math.abs(number));
    }
    double limit = Math.sqrt(6.0 / INPUTS);
    assertThat(largest).isLessThanOrEqualTo(limit).isCloseTo(limit, within(0.01 * limit));
  }
}
