package io.hone.onnx.batchaxis;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import io.hone.onnx.support.Networks;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BatchIndependenceTest {
  private final GraphEditor graph = GraphEditor.create(17);
  private final Value images =
      graph.input(
          "images",
          ElementType.FLOAT,
          Shape.of(Dimension.named("N"), Dimension.of(4), Dimension.of(6), Dimension.UNKNOWN));

  private BatchIndependence verdict(Value scores) {
    graph.output("scores", scores);
    return BatchIndependence.of(graph.build("m"), "images", "scores");
  }

  @Test
  void seesThroughWholeNetworks() {
    assertThat(
            Stream.of(
                    Networks.lenet("MaxPool"),
                    Networks.residual(),
                    Networks.inception(),
                    Networks.opset9())
                .map(model -> BatchIndependence.of(model, "image", "logits")))
        .containsOnly(new BatchIndependence.Independent());
  }

  @Test
  void followsATokenThatIsExpandedToTheBatch() {
    Value batch = graph.op("Gather", graph.op("Shape", images), graph.list(0));
    Value target = graph.node("Concat", batch, graph.list(1, 4)).with("axis", 0).output();
    Value token = graph.op("Expand", graph.constant(ConstantTensor.scalar(2)), target);
    Value flat = graph.node("Concat", batch, graph.list(4, -1)).with("axis", 0).output();
    Value tokens =
        graph
            .node("Transpose", graph.op("Reshape", images, flat))
            .with("perm", new long[] {0, 2, 1})
            .output();
    assertThat(verdict(graph.node("Concat", token, tokens).with("axis", 1).output()))
        .isEqualTo(new BatchIndependence.Independent());
  }

  @Test
  void findsAMeanOverTheBatch() {
    Value mean = graph.node("ReduceMean", images).with("axes", new long[] {0}).output();
    assertThat(verdict(graph.op("Sub", images, mean)))
        .isInstanceOfSatisfying(
            BatchIndependence.Mixing.class,
            mixing -> assertThat(mixing.reason()).contains("ReduceMean", mean.name()));
  }

  @Test
  void findsNormalisationInTrainingMode() {
    Value ones = graph.constant(ConstantTensor.floats(new float[] {1, 1, 1, 1}, 4));
    Value normal =
        graph
            .node("BatchNormalization", images, ones, ones, ones, ones)
            .with("training_mode", 1)
            .outputs(3)
            .get(0);
    assertThat(verdict(normal)).isInstanceOf(BatchIndependence.Mixing.class);
  }

  @Test
  void doesNotJudgeWhatItCannotSeeThrough() {
    Value batch = graph.op("Gather", graph.op("Shape", images), graph.list(0));
    Value places = graph.op("NonZero", images);
    assertThat(verdict(graph.op("Add", graph.op("ReduceSum", places), batch)))
        .isInstanceOf(BatchIndependence.Open.class);
  }
}
