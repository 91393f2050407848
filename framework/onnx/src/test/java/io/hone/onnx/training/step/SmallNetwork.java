package io.hone.onnx.training.step;

import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import io.hone.onnx.support.Array;
import java.util.List;
import java.util.Random;

/** Networks of two layers whose values have names. */
final class SmallNetwork {
  private SmallNetwork() {}

  /** Rows of three numbers, {@code features} and {@code scores} of four, and an unused matrix. */
  static OnnxModel dense() {
    GraphEditor graph = GraphEditor.create(18);
    Random random = new Random(3);
    Dimension batch = Dimension.named("N");
    Value image = graph.input("image", ElementType.FLOAT, Shape.of(batch, Dimension.of(3)));
    Value first = weight(graph, random, "first", 3, 4);
    Value bias = weight(graph, random, "bias", 4);
    Value second = weight(graph, random, "second", 4, 4);
    Value third = weight(graph, random, "third", 4, 2);
    Value hidden = graph.op("Add", graph.op("MatMul", image, first), bias);
    graph.add(graph.node("Tanh", hidden).into(List.of(new Value("features"))));
    graph.add(
        graph.node("MatMul", new Value("features"), second).into(List.of(new Value("scores"))));
    graph.add(graph.node("MatMul", new Value("features"), third).into(List.of(new Value("aside"))));
    graph.output(new Value("scores"), ElementType.FLOAT, Shape.of(batch, Dimension.of(4)));
    graph.output(new Value("aside"), ElementType.FLOAT, Shape.of(batch, Dimension.of(2)));
    return graph.build("dense");
  }

  /** Images of 2 x 5 x 5, a convolution with batch normalisation, and {@code scores} of three. */
  static OnnxModel normalised() {
    GraphEditor graph = GraphEditor.create(18);
    Random random = new Random(4);
    Dimension batch = Dimension.named("N");
    Value image =
        graph.input(
            "image",
            ElementType.FLOAT,
            Shape.of(batch, Dimension.of(2), Dimension.of(5), Dimension.of(5)));
    Value kernel = weight(graph, random, "kernel", 3, 2, 3, 3);
    Value scale = weight(graph, random, "scale", 3);
    Value shift = weight(graph, random, "shift", 3);
    Value mean = graph.constant("mean", ConstantTensor.floats(new float[3], 3));
    Value variance = graph.constant("variance", ConstantTensor.floats(new float[] {1, 1, 1}, 3));
    Value convolved = graph.node("Conv", image, kernel).output();
    Value normal = graph.op("BatchNormalization", convolved, scale, shift, mean, variance);
    Value flat = graph.op("Flatten", graph.op("Relu", normal));
    Value matrix = weight(graph, random, "matrix", 27, 3);
    graph.add(graph.node("MatMul", flat, matrix).into(List.of(new Value("scores"))));
    graph.output(new Value("scores"), ElementType.FLOAT, Shape.of(batch, Dimension.of(3)));
    return graph.build("normalised");
  }

  private static Value weight(GraphEditor graph, Random random, String name, long... shape) {
    float[] content = Array.uniform(random, -1, 1, shape).content();
    return graph.constant(name, ConstantTensor.floats(content, shape));
  }
}
