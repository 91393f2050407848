package io.hone.onnx.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import io.hone.onnx.support.Array;
import io.hone.onnx.support.Evaluator;
import io.hone.onnx.support.Networks;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradients of whole networks. */
class NetworkGradientTest {
  static Stream<Arguments> networks() {
    return Stream.of(
        Arguments.of(Networks.lenet("MaxPool"), new long[] {3, 1, 12, 12}),
        Arguments.of(Networks.lenet("AveragePool"), new long[] {3, 1, 12, 12}),
        Arguments.of(Networks.residual(), new long[] {2, 3, 8, 8}),
        Arguments.of(Networks.inception(), new long[] {2, 2, 9, 9}),
        Arguments.of(Networks.opset9(), new long[] {2, 2, 5, 5}));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void agreesWithFiniteDifferences(OnnxModel network, long[] shape) {
    Random random = new Random(5);
    FiniteDifferences.check(network, Array.uniform(random, 0, 1, shape), random);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void givesEachImageItsOwnGradientWhateverElseIsInTheBatch(OnnxModel network, long[] shape) {
    Array images = Array.uniform(new Random(6), 0, 1, shape);
    int row = images.content().length / (int) shape[0];
    // Not one image alone: for a single row ONNX Runtime takes another path of its matrix product.
    long[] pair = shape.clone();
    pair[0] = 2;
    DifferentiatedModel differentiated =
        GradientGraph.of(network).loss(AttackLoss.crossEntropy(true)).build();
    try (Evaluator evaluator = new Evaluator(differentiated.model())) {
      float[] together = gradient(evaluator, differentiated, images);
      for (int i = 0; i < shape[0]; i++) {
        float[] own = Arrays.copyOfRange(images.content(), i * row, (i + 1) * row);
        float[] twice = Arrays.copyOf(own, 2 * row);
        System.arraycopy(own, 0, twice, row, row);
        float[] alone = gradient(evaluator, differentiated, new Array(twice, pair));
        for (int feature = 0; feature < row; feature++) {
          assertThat(together[i * row + feature])
              .as("image %s feature %s", i, feature)
              .isEqualTo(alone[feature]);
        }
      }
    }
  }

  /** A background without structure: every window ties, and the first pixel alone must receive. */
  @ParameterizedTest
  @MethodSource("poolings")
  void givesTiesToTheFirstMaximum(long[] window, long[] strides, float[] expected) {
    GraphEditor graph = GraphEditor.create(18);
    Value image = graph.input("image", ElementType.FLOAT, Shape.of(1, 1, 4, 4));
    graph.output(
        "logits",
        graph.op(
            "Flatten",
            graph
                .node("MaxPool", image)
                .with("kernel_shape", window)
                .with("strides", strides)
                .output()));
    DifferentiatedModel differentiated =
        GradientGraph.of(graph.build("ties")).loss(AttackLoss.cotangent()).build();
    float[] flat = new float[16];
    Arrays.fill(flat, 0.25f);
    try (Evaluator evaluator = new Evaluator(differentiated.model())) {
      float[] cotangent = new float[4];
      Arrays.fill(cotangent, 1);
      Map<String, Array> result =
          evaluator.run(
              Map.of(
                  "image",
                  new Array(flat, 1, 1, 4, 4),
                  differentiated.lossInput(),
                  new Array(cotangent, 1, 4)));
      assertThat(result.get(differentiated.gradient()).content()).containsExactly(expected);
    }
  }

  static Stream<Arguments> poolings() {
    return Stream.of(
        Arguments.of(
            new long[] {2, 2},
            new long[] {2, 2},
            new float[] {1, 0, 1, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0}),
        Arguments.of(
            new long[] {3, 3},
            new long[] {1, 1},
            new float[] {1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}));
  }

  private static float[] gradient(
      Evaluator evaluator, DifferentiatedModel differentiated, Array images) {
    long[] classes = new long[(int) images.shape()[0]];
    Arrays.fill(classes, 2);
    return evaluator
        .run(Map.of(differentiated.image(), images, differentiated.lossInput(), classes))
        .get(differentiated.gradient())
        .content();
  }
}
