package io.hone.onnx.simplify;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.hone.onnx.gradient.AttackLoss;
import io.hone.onnx.gradient.DifferentiatedModel;
import io.hone.onnx.gradient.GradientGraph;
import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import io.hone.onnx.support.Array;
import io.hone.onnx.support.Evaluator;
import io.hone.onnx.support.Networks;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SimplifierTest {
  @Test
  void foldsBatchNormalizationAndKeepsTheNumbers() {
    OnnxModel network = Networks.residual();
    OnnxModel simple = Simplifier.forDifferentiation(network, Set.of());
    assertThat(simple.nodes()).noneMatch(node -> node.is("BatchNormalization"));
    compare(network, simple, Array.uniform(new Random(1), 0, 1, 3, 3, 8, 8));
  }

  @Test
  void poolsBeforeRelu() {
    OnnxModel network = Networks.lenet("MaxPool");
    OnnxModel simple = Simplifier.forDifferentiation(network, Set.of());
    assertThat(simple.nodes())
        .extracting(Node::operator)
        .startsWith("Conv", "MaxPool", "Relu", "Conv", "MaxPool", "Relu");
    compare(network, simple, Array.uniform(new Random(2), 0, 1, 3, 1, 12, 12));
  }

  @Test
  void dropoutThatDropsNothingPassesOnInTrainingToo() {
    GraphEditor graph = GraphEditor.create(13);
    Value image = graph.input("image", ElementType.FLOAT, Shape.of(1, 1, 4, 4));
    TensorProto yes =
        TensorProto.newBuilder().setDataType(ElementType.BOOL.code()).addInt32Data(1).build();
    Value training = graph.constant(ConstantTensor.of(yes));
    for (float ratio : new float[] {0, 0.5f}) {
      Value kept = graph.op("Dropout", graph.op("Relu", image), graph.scalar(ratio), training);
      graph.output(ratio == 0 ? "all" : "some", graph.op("Tanh", kept));
    }
    assertThat(Simplifier.forInference(graph.build("dropout")).nodes())
        .filteredOn(node -> node.is("Dropout"))
        .hasSize(1);
  }

  @Test
  void keepsValuesThatAreAskedFor() {
    GraphEditor graph = GraphEditor.create(18);
    Value image = graph.input("image", ElementType.FLOAT, Shape.of(1, 1, 4, 4));
    Value relu = graph.op("Relu", image);
    Value same = graph.op("Identity", relu);
    Value number = graph.node("Constant").with("value", ConstantTensor.scalar(3)).output();
    Value pooled =
        graph
            .node("MaxPool", graph.op("Mul", same, number))
            .with("kernel_shape", new long[] {2, 2})
            .output();
    graph.output("result", graph.op("Dropout", pooled));
    OnnxModel model = graph.build("m");
    OnnxModel kept = Simplifier.forDifferentiation(model, Set.of(same.name()));
    assertThat(kept.knows(same.name())).isTrue();
    assertThat(kept.knows("result")).isTrue();
    OnnxModel free = Simplifier.forDifferentiation(model, Set.of());
    assertThat(free.knows(same.name())).isFalse();
    assertThat(free.nodes()).noneMatch(node -> node.is("Constant") || node.is("Dropout"));
    assertThat(free.constants()).hasSize(1);
    compare(model, free, Array.uniform(new Random(3), -1, 1, 1, 1, 4, 4));
  }

  @Test
  void runsForwardToTheSameBitsAsInsideTheGradient() {
    for (OnnxModel network : List.of(Networks.residual(), Networks.inception())) {
      long[] shape = network.inputs().get(0).shape().orElseThrow().with(0, Dimension.of(3)).sizes();
      Array images = Array.uniform(new Random(4), 0, 1, shape);
      DifferentiatedModel differentiated =
          GradientGraph.of(network).loss(AttackLoss.crossEntropy(true)).build();
      try (Evaluator evaluator = new Evaluator(differentiated.model())) {
        Map<String, Array> result =
            evaluator.run(
                Map.of("image", images, differentiated.lossInput(), new long[] {0, 1, 2}));
        assertThat(run(Simplifier.forInference(network), images))
            .containsExactly(result.get(differentiated.logits()).content());
      }
    }
  }

  @Test
  void leavesModelsOfUnknownOpsetsAlone() {
    GraphEditor graph = GraphEditor.create(99);
    graph.output("y", graph.op("Relu", graph.input("x", ElementType.FLOAT, Shape.of(2))));
    OnnxModel model = graph.build("future");
    assertThat(Simplifier.forInference(model)).isSameAs(model);
  }

  private static void compare(OnnxModel before, OnnxModel after, Array image) {
    float[] expected = run(before, image);
    float[] actual = run(after, image);
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).isCloseTo(expected[i], Offset.offset(1e-5f));
    }
  }

  private static float[] run(OnnxModel model, Array image) {
    try (Evaluator evaluator = new Evaluator(model)) {
      return evaluator.run(Map.of("image", image)).values().iterator().next().content();
    }
  }
}
