package io.hone.onnx.gradient.cases;

import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import io.hone.onnx.support.Array;
import java.util.Arrays;
import java.util.Random;

/**
 * One drawn use of an operator.
 *
 * @param model from {@code image} to {@code scores}, {@code [1, K]}
 * @param image what to feed
 * @param random draws what comes next
 */
public record DrawnGraph(OnnxModel model, Array image, Random random) {
  /** Draws the graph of a number; the same number gives the same graph. */
  public static DrawnGraph of(OperatorCases cases, int opset, int number) {
    Random random = new Random(31L * cases.operator().hashCode() + number);
    long[] shape = cases.shapes().draw(random);
    GraphEditor graph = GraphEditor.create(opset);
    Shape declared = Shape.of(shape);
    if (random.nextBoolean()) {
      declared = declared.with(0, Dimension.named("N"));
    }
    Value image = graph.input("image", ElementType.FLOAT, declared);
    Value result = cases.node().draw(graph, image, shape, random);
    graph.output("scores", graph.op("Reshape", result, graph.list(1, -1)));
    Array content = Array.uniform(random, -1, 1, shape);
    OnnxModel model = graph.build(cases.operator() + " " + Arrays.toString(shape));
    return new DrawnGraph(model, content, random);
  }
}
