package io.hone.onnx.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.onnx.gradient.AttackLoss;
import io.hone.onnx.gradient.DifferentiatedModel;
import io.hone.onnx.gradient.GradientGraph;
import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.TensorInfo;
import io.hone.onnx.graph.Value;
import io.hone.onnx.simplify.Simplifier;
import io.hone.onnx.support.Array;
import io.hone.onnx.support.Evaluator;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingFormTest {
  private static final TrainingForm.Choice TRAINING = new TrainingForm.Choice(true, true);
  private static final TrainingForm.Choice EVALUATION = new TrainingForm.Choice(false, false);

  private static Value image(GraphEditor graph) {
    return graph.input(
        "image",
        ElementType.FLOAT,
        Shape.of(Dimension.named("N"), Dimension.of(2), Dimension.of(3), Dimension.of(3)));
  }

  private static Value constant(GraphEditor graph, String name, float... content) {
    return graph.constant(name, ConstantTensor.floats(content, content.length));
  }

  /**
   * Two normalisations that share scale, shift and statistics: what a runtime that lets statistics
   * write over each other gets wrong.
   */
  private static OnnxModel tied(int opset) {
    GraphEditor graph = GraphEditor.create(opset);
    Value scale = constant(graph, "scale", 1.5f, 0.7f);
    Value shift = constant(graph, "shift", 0.2f, -0.3f);
    Value mean = constant(graph, "mean", 5, 6);
    Value variance = constant(graph, "variance", 7, 8);
    Value x = graph.op("BatchNormalization", image(graph), scale, shift, mean, variance);
    x = graph.op("Add", graph.op("Mul", graph.op("Tanh", x), graph.scalar(3)), graph.scalar(10));
    x = graph.op("BatchNormalization", x, scale, shift, mean, variance);
    graph.output("scores", graph.node("Flatten", graph.op("Tanh", x)).with("axis", 1).output());
    return graph.build("tied of opset " + opset);
  }

  @ParameterizedTest
  @ValueSource(ints = {9, 14, 15, 18, 21})
  void normalisationsThatShareTheirConstantsHaveTheRightGradients(int opset) {
    TrainableWeights weights = TrainableWeights.of(tied(opset), "scores");
    TrainingForm form = TrainingForm.of(weights.open(), TRAINING);
    assertThat(form.statistics()).hasSize(2).extracting(BatchStatistics::mean).containsOnly("mean");
    Map<String, Array> feed = new HashMap<>();
    feed.put("image", Array.uniform(new Random(1), 0, 1, 3, 2, 3, 3));
    weights
        .weights()
        .forEach(own -> feed.put(own.name(), new Array(weights.content(own.name()), 2)));
    List<String> names = List.of("scale", "shift", "image");
    Random random = new Random(2);
    OnnxModel scores = alone(form.model());
    try (WeightDifferences differences = new WeightDifferences(scores, feed, random)) {
      DifferentiatedModel differentiated =
          GradientGraph.of(scores).inputs(names).loss(AttackLoss.cotangent()).build();
      Map<String, Array> inputs = new HashMap<>(feed);
      float[] cotangent = differences.cotangent().content();
      inputs.put(differentiated.lossInput(), new Array(cotangent, 3, cotangent.length / 3));
      try (Evaluator runtime = new Evaluator(differentiated.model())) {
        Map<String, Array> result = runtime.run(inputs);
        differences.compareScores(result.get(differentiated.logits()));
        for (String name : names) {
          differences.compare(name, result.get(differentiated.gradients().get(name)), random);
        }
      }
    }
  }

  /** Returns a model with its first output alone. */
  private static OnnxModel alone(OnnxModel model) {
    GraphEditor graph = GraphEditor.of(model);
    TensorInfo first = graph.outputs().get(0);
    graph.clearOutputs();
    graph.output(new Value(first.name()), first.type(), null);
    return graph.build(model.name());
  }

  @Test
  void statisticsAreThoseOfEachBatch() {
    TrainableWeights weights = TrainableWeights.of(tied(18), "scores");
    TrainingForm form = TrainingForm.of(weights.open(), TRAINING);
    OnnxModel model = Simplifier.forRuntimes(Simplifier.forDifferentiation(form.model(), Set.of()));
    Array images = Array.uniform(new Random(1), 0, 1, 3, 2, 3, 3);
    try (Evaluator runtime = new Evaluator(model)) {
      Map<String, Array> feed = new HashMap<>(Map.of("image", images));
      weights
          .weights()
          .forEach(own -> feed.put(own.name(), new Array(weights.content(own.name()), 2)));
      for (int run = 0; run < 2; run++) {
        Map<String, Array> result = runtime.run(feed);
        float[] first = result.get(form.statistics().get(0).batchMean()).content();
        float[] second = result.get(form.statistics().get(1).batchMean()).content();
        assertThat((double) first[0]).isCloseTo(mean(images, 0), Offset.offset(1e-6));
        assertThat((double) first[1]).isCloseTo(mean(images, 1), Offset.offset(1e-6));
        assertThat(second[0]).isBetween(9f, 11f);
        float[] variance = result.get(form.statistics().get(0).batchVariance()).content();
        assertThat((double) variance[0]).isCloseTo(variance(images, 0), Offset.offset(1e-6));
      }
    }
  }

  private static double mean(Array images, int channel) {
    double sum = 0;
    for (int i = 0; i < images.content().length; i++) {
      sum += i / 9 % 2 == channel ? images.content()[i] : 0;
    }
    return sum / 27;
  }

  private static double variance(Array images, int channel) {
    double mean = mean(images, channel);
    double sum = 0;
    for (int i = 0; i < images.content().length; i++) {
      double distance = images.content()[i] - mean;
      sum += i / 9 % 2 == channel ? distance * distance : 0;
    }
    return sum / 27;
  }

  @Test
  void aFileThatMixesStatisticsKeepsItsMomentum() {
    GraphEditor graph = GraphEditor.create(15);
    Value x =
        graph
            .node(
                "BatchNormalization",
                image(graph),
                constant(graph, "scale", 1, 1),
                constant(graph, "shift", 0, 0),
                constant(graph, "mean", 5, 6),
                constant(graph, "variance", 7, 8))
            .with("training_mode", 1)
            .with("momentum", 0.6f)
            .outputs(3)
            .get(0);
    graph.output("scores", x);
    String running = graph.nodes().get(0).output(1).name();
    graph.output(new Value(running), ElementType.FLOAT, Shape.of(2));
    OnnxModel model = graph.build("mixing");
    TrainingForm form =
        TrainingForm.of(TrainableWeights.of(model, "scores").open(List.of()), EVALUATION);
    assertThat(form.statistics()).hasSize(1);
    assertThat(form.statistics().get(0).momentum()).isEqualTo(0.6f);
    Array images = Array.uniform(new Random(1), 0, 1, 3, 2, 3, 3);
    OnnxModel forward = Simplifier.forInference(model);
    try (Evaluator runtime = new Evaluator(forward)) {
      for (int run = 0; run < 2; run++) {
        float[] mixed = runtime.run(Map.of("image", images)).get(running).content();
        assertThat((double) mixed[0])
            .isCloseTo(0.6 * 5 + 0.4 * mean(images, 0), Offset.offset(1e-5));
      }
    }
  }

  @Test
  void normalisationsWithoutATrainedWeightStayFrozen() {
    OnnxModel model = tied(18);
    TrainableWeights weights = TrainableWeights.of(model, "scores");
    assertThat(TrainingForm.of(weights.open(List.of()), TRAINING).statistics()).isEmpty();
    assertThat(TrainingForm.of(weights.open(List.of("shift")), TRAINING).statistics()).hasSize(2);
    assertThat(TrainingForm.of(weights.open(), EVALUATION).statistics()).isEmpty();
  }

  private static OnnxModel dropped(int opset, float ratio) {
    GraphEditor graph = GraphEditor.create(opset);
    Value x = graph.op("Relu", image(graph));
    Value dropped =
        opset < 12
            ? graph.node("Dropout", x).with("ratio", ratio).output()
            : graph.op("Dropout", x, graph.scalar(ratio));
    Value flat = graph.node("Flatten", dropped).with("axis", 1).output();
    float[] ones = new float[36];
    Arrays.fill(ones, 1);
    graph.output(
        "scores",
        graph.op("MatMul", flat, graph.constant("w", ConstantTensor.floats(ones, 18, 2))));
    return graph.build("dropped of opset " + opset);
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 10, 12, 18, 22})
  void dropoutMultipliesByAMaskThatIsFed(int opset) {
    TrainableWeights weights = TrainableWeights.of(dropped(opset, 0.25f), "scores");
    TrainingForm form = TrainingForm.of(weights.open(), TRAINING);
    assertThat(form.masks()).hasSize(1);
    assertThat(form.masks().get(0).ratio()).isEqualTo(0.25f);
    String mask = form.masks().get(0).input();
    assertThat(form.model().input(mask).orElseThrow().shape().orElseThrow().toString())
        .isEqualTo(weights.open().input("image").orElseThrow().shape().orElseThrow().toString());
    DifferentiatedModel differentiated =
        GradientGraph.of(form.model())
            .inputs(List.of("w", "image"))
            .logits("scores")
            .loss(AttackLoss.cotangent())
            .build();
    float[] kept = new float[36];
    Arrays.fill(kept, 4 / 3f);
    kept[5] = 0;
    Array images = Array.uniform(new Random(3), 0.1f, 1, 2, 2, 3, 3);
    try (Evaluator runtime = new Evaluator(differentiated.model())) {
      Map<String, Array> result =
          runtime.run(
              Map.of(
                  "image",
                  images,
                  "w",
                  new Array(weights.content("w"), 18, 2),
                  mask,
                  new Array(kept, 2, 2, 3, 3),
                  differentiated.lossInput(),
                  new Array(new float[] {1, 0, 0, 0}, 2, 2)));
      float[] toImage = result.get(differentiated.gradients().get("image")).content();
      assertThat(toImage[5]).isZero();
      assertThat(toImage[4]).isEqualTo(4 / 3f);
      float[] toKernel = result.get(differentiated.gradients().get("w")).content();
      assertThat(toKernel[2 * 5]).isZero();
      assertThat(toKernel[2 * 4]).isEqualTo(images.content()[4] * (4 / 3f));
    }
  }

  @Test
  void dropoutPassesEverythingOnWhereItIsNotChosen() {
    OnnxModel opened = TrainableWeights.of(dropped(18, 0.5f), "scores").open();
    TrainingForm form = TrainingForm.of(opened, EVALUATION);
    assertThat(form.masks()).isEmpty();
    assertThat(form.model().nodes()).noneMatch(node -> node.is("Dropout"));
    assertThat(
            TrainingForm.of(TrainableWeights.of(dropped(18, 0), "scores").open(), TRAINING).masks())
        .isEmpty();
  }

  @Test
  void refusesARatioThatLeavesNothing() {
    OnnxModel opened = TrainableWeights.of(dropped(18, 1), "scores").open();
    assertThatThrownBy(() -> TrainingForm.of(opened, TRAINING))
        .isInstanceOf(UntrainableModelException.class)
        .hasMessageContaining("Dropout")
        .hasMessageContaining("ratio 1.0");
  }
}
