package io.hone.bench.network;

import io.hone.api.data.ImageShape;
import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * LeNet-5 for 28 x 28 digits as Hone trains it (3 x 3 windows, ReLU, average pooling), with random
 * weights: speed does not depend on them. Every peer is given these very weights.
 */
public final class LeNet5 implements Network {
  static final int CLASSES = 10;
  public static final int SIDE = 28;
  private static final int OPSET = 18;

  /** How many numbers come out of the last pooling: 16 filters x 5 x 5. */
  private static final int FEATURES = 400;

  final Weights firstConvolution;
  final Weights firstShift;
  final Weights secondConvolution;
  final Weights secondShift;
  final Weights firstDense;
  final Weights firstBias;
  final Weights secondDense;
  final Weights secondBias;
  final Weights lastDense;
  final Weights lastBias;

  public LeNet5() {
    RandomGenerator random = new SplittableRandom(5);
    firstConvolution = Weights.random(random, 6, 1, 3, 3);
    firstShift = Weights.random(random, 6);
    secondConvolution = Weights.random(random, 16, 6, 3, 3);
    secondShift = Weights.random(random, 16);
    firstDense = Weights.random(random, 120, FEATURES);
    firstBias = Weights.random(random, 120);
    secondDense = Weights.random(random, 84, 120);
    secondBias = Weights.random(random, 84);
    lastDense = Weights.random(random, CLASSES, 84);
    lastBias = Weights.random(random, CLASSES);
  }

  @Override
  public ImageShape images() {
    return new ImageShape(1, SIDE, SIDE);
  }

  @Override
  public byte[] toOnnx() {
    GraphEditor graph = GraphEditor.create(OPSET);
    Dimension batch = Dimension.named("N");
    Value image =
        graph.input(
            "image",
            ElementType.FLOAT,
            Shape.of(batch, Dimension.of(1), Dimension.of(SIDE), Dimension.of(SIDE)));
    Value first = block(graph, image, firstConvolution, firstShift);
    Value second = block(graph, first, secondConvolution, secondShift);
    Value flat = graph.node("Flatten", second).output();
    Value hidden = graph.op("Relu", dense(graph, flat, firstDense, firstBias));
    Value deeper = graph.op("Relu", dense(graph, hidden, secondDense, secondBias));
    Value logits = dense(graph, deeper, lastDense, lastBias);
    graph.output(logits, ElementType.FLOAT, Shape.of(batch, Dimension.of(CLASSES)));
    return graph.build("lenet5").toBytes();
  }

  private static Value block(GraphEditor graph, Value value, Weights kernel, Weights shift) {
    Value convolved = graph.node("Conv", value, kernel.in(graph), shift.in(graph)).output();
    return graph
        .node("AveragePool", graph.op("Relu", convolved))
        .with("kernel_shape", new long[] {2, 2})
        .with("strides", new long[] {2, 2})
        .output();
  }

  private static Value dense(GraphEditor graph, Value value, Weights kernel, Weights bias) {
    return graph.node("Gemm", value, kernel.in(graph), bias.in(graph)).with("transB", 1).output();
  }
}
