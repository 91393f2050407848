package io.hone.onnx.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.onnx.gradient.AttackLoss;
import io.hone.onnx.gradient.DifferentiatedModel;
import io.hone.onnx.gradient.GradientGraph;
import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import io.hone.onnx.support.Networks;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MemoryEstimateTest {
  private static final Dimension BATCH = Dimension.named("N");

  private final GraphEditor graph = GraphEditor.create(18);
  private final Value image =
      graph.input("image", ElementType.FLOAT, Shape.of(BATCH, Dimension.of(10)));

  @Test
  void aValueLivesUntilItWasReadForTheLastTime() {
    Value first = graph.op("Softmax", image);
    Value second = graph.op("Softmax", first);
    Value third = graph.op("Softmax", second);
    graph.output("result", graph.op("Softmax", third));
    // The input is the caller's and stays; besides it two values live at once.
    assertThat(estimate().perImage()).isEqualTo(3 * 40);
  }

  @Test
  void whatIsReadLaterStays() {
    Value first = graph.op("Softmax", image);
    Value second = graph.op("Softmax", first);
    Value third = graph.op("Softmax", second);
    graph.output("result", graph.op("Sub", third, first));
    assertThat(estimate().perImage()).isEqualTo(4 * 40);
  }

  @Test
  void viewsAndOverwritingTakeNothing() {
    Value first = graph.op("Softmax", image);
    Value reshaped = graph.op("Reshape", first, graph.list(0, 5, 2));
    Value relu = graph.op("Relu", reshaped);
    graph.output("result", graph.op("Neg", relu));
    assertThat(estimate().perImage()).isEqualTo(2 * 40);
  }

  @Test
  void aViewOfWhatIsReadAgainIsNotOverwritten() {
    Value first = graph.op("Softmax", image);
    Value relu = graph.op("Relu", graph.op("Reshape", first, graph.list(0, 10)));
    graph.output("result", graph.op("Add", relu, first));
    assertThat(estimate().perImage()).isEqualTo(3 * 40);
  }

  @Test
  void elementsTakeWhatTheirTypeTakes() {
    Value truth = graph.op("Greater", image, graph.scalar(0.5f));
    graph.output(truth, ElementType.BOOL, null);
    assertThat(estimate().perImage()).isEqualTo(40 + 10);
  }

  @Test
  void whatDoesNotGrowWithTheBatchCountsOnce() {
    Value weights = graph.constant(ConstantTensor.floats(new float[1000], 10, 100));
    Value soft = graph.op("Softmax", weights);
    graph.output("result", graph.op("MatMul", image, soft));
    MemoryEstimate estimate = estimate();
    assertThat(estimate.weights()).isEqualTo(4000);
    assertThat(estimate.perImage()).isEqualTo(40 + 400);
    assertThat(estimate.fixed()).isEqualTo(4000);
    assertThat(estimate.forImages(3)).isEqualTo(4000 + 3 * 440);
    assertThat(estimate.imagesWithin(4000 + 3 * 440)).isEqualTo(3);
    assertThat(estimate.imagesWithin(100)).isZero();
  }

  @Test
  void aValueOfUnknownShapeCountsAsLargeAsWhatItIsMadeOf() {
    Value places = graph.op("NonZero", image);
    graph.output(places, ElementType.INT64, null);
    MemoryEstimate estimate = estimate();
    assertThat(estimate.guessed()).isPositive();
    assertThat(estimate.perImage()).isGreaterThanOrEqualTo(2 * 40);
  }

  @Test
  void sizesBeyondALongEndInNoOverflow() {
    Value huge = graph.op("Expand", image, graph.list(1L << 31, 1L << 31, 1, 10));
    graph.output("result", graph.op("Softmax", huge));
    MemoryEstimate estimate = estimate();
    assertThat(estimate.forImages(2)).isGreaterThan(1L << 60);
  }

  @Test
  void aFixedBatchIsEstimatedAsItIs() {
    GraphEditor fixed = GraphEditor.create(18);
    Value five = fixed.input("image", ElementType.FLOAT, Shape.of(5, 10));
    Value flat = fixed.op("Reshape", fixed.op("Softmax", five), fixed.list(50));
    fixed.output("result", fixed.op("Neg", flat));
    assertThat(MemoryEstimate.ofFixedBatch(fixed.build("five"), Map.of(), 5).perImage())
        .isEqualTo(2 * 40);
  }

  @Test
  void aGradientNeedsMoreThanTheForwardPass() {
    for (OnnxModel model : List.of(Networks.lenet("MaxPool"), Networks.residual())) {
      DifferentiatedModel gradient =
          GradientGraph.of(model).loss(AttackLoss.crossEntropy(false)).build();
      long forward = MemoryEstimate.of(model, Map.of()).perImage();
      assertThat(MemoryEstimate.of(gradient.model(), Map.of()).perImage())
          .isBetween(forward + forward / 4, 10 * forward);
    }
  }

  private MemoryEstimate estimate() {
    return MemoryEstimate.of(graph.build("graph"), Map.of());
  }
}
