package io.hone.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.api.data.ImageBatch;
import io.hone.api.data.Tensor;
import io.hone.api.model.Classifier;
import io.hone.api.model.DifferentiableClassifier;
import io.hone.api.model.Loss;
import io.hone.api.model.LossGradient;
import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import io.hone.onnx.support.Array;
import io.hone.testkit.TestRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A forward pass returns the logits that a gradient belongs to, bit for bit. */
class SameLogitsTest {
  private static final int IMAGES = 9;

  private final Random random = new Random(4);

  @TempDir Path folder;

  /** What ONNX Runtime fuses where it can, and a gradient then reads the inside of. */
  enum Body {
    GELU,
    LAYER_NORMALIZATION,
    QUANTISED
  }

  @ParameterizedTest
  @EnumSource
  void areThoseOfTheForwardPass(Body body) throws IOException {
    Path file = folder.resolve("model.onnx");
    Files.write(file, model(body));
    Tensor images = TinyModels.images(1, IMAGES, 2, 6, 6);
    ImageBatch batch = new ImageBatch(images, new long[IMAGES]);
    try (Classifier opened =
        new OnnxRuntimeBackend()
            .openClassifier(OnnxRuntimeBackend.Params.CPU, TinyModels.card(file), new TestRun(1))) {
      DifferentiableClassifier classifier = (DifferentiableClassifier) opened;
      Tensor forward = classifier.logits(batch);
      LossGradient gradient =
          classifier.lossGradient(batch, Loss.crossEntropy(false), new int[IMAGES]);
      for (int row = 0; row < IMAGES; row++) {
        assertThat(gradient.logits().row(row)).containsExactly(forward.row(row));
      }
    }
  }

  private byte[] model(Body body) {
    GraphEditor graph = GraphEditor.create(18);
    Shape shape = Shape.of(Dimension.named("N"), Dimension.of(2), Dimension.of(6), Dimension.of(6));
    Value image = graph.input("image", ElementType.FLOAT, shape);
    Value inner =
        switch (body) {
          case GELU -> perceptron(graph, image);
          case LAYER_NORMALIZATION -> normalized(graph, image);
          case QUANTISED -> convolved(graph, image);
        };
    Value flat = graph.op("Flatten", inner);
    int features = body == Body.QUANTISED ? 36 : 72;
    graph.output("logits", graph.op("MatMul", flat, weights(graph, 0.3f, features, 4)));
    return graph.build("same").toBytes();
  }

  private Value perceptron(GraphEditor graph, Value image) {
    Value wide = graph.op("MatMul", image, weights(graph, 1, 6, 24));
    Value x = graph.op("Add", wide, weights(graph, 1, 24));
    Value share = graph.op("Erf", graph.op("Div", x, graph.scalar((float) Math.sqrt(2))));
    Value one = graph.op("Add", share, graph.scalar(1));
    Value gelu = graph.op("Mul", graph.op("Mul", x, one), graph.scalar(0.5f));
    return graph.op("MatMul", gelu, weights(graph, 1, 24, 6));
  }

  private Value normalized(GraphEditor graph, Value image) {
    Value rows = graph.op("Reshape", image, graph.list(0, -1, 6));
    Value sum = graph.op("Add", rows, graph.op("Tanh", rows));
    return graph.op("LayerNormalization", sum, weights(graph, 1, 6), weights(graph, 1, 6));
  }

  private Value convolved(GraphEditor graph, Value image) {
    Value result = image;
    for (int channels : new int[] {2, 16, 16}) {
      Value kernel = quantised(graph, weights(graph, 0.4f, 16, channels, 3, 3), 0.005f);
      Value sum =
          graph
              .node("Conv", quantised(graph, result, 0.02f), kernel, weights(graph, 0.1f, 16))
              .with("pads", new long[] {1, 1, 1, 1})
              .output();
      result = graph.op("Relu", sum);
    }
    return graph.node("ReduceMax", quantised(graph, result, 0.02f), graph.list(1)).output();
  }

  private static Value quantised(GraphEditor graph, Value value, float step) {
    Value nothing = graph.constant(ConstantTensor.longs(new long[] {0}));
    Value zero = graph.node("Cast", nothing).with("to", ElementType.INT8.code()).output();
    Value whole = graph.op("QuantizeLinear", value, graph.scalar(step), zero);
    return graph.op("DequantizeLinear", whole, graph.scalar(step), zero);
  }

  private Value weights(GraphEditor graph, float reach, long... shape) {
    float[] content = Array.uniform(random, -reach, reach, shape).content();
    return graph.constant(ConstantTensor.floats(content, shape));
  }
}
