package io.hone.onnx.training.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.hone.onnx.graph.OnnxFormatException;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.support.Array;
import io.hone.onnx.support.Evaluator;
import io.hone.onnx.training.TrainableWeights;
import io.hone.onnx.training.UntrainableModelException;
import io.hone.onnx.training.Weight;
import io.hone.onnx.training.loss.BinaryCrossEntropy;
import io.hone.onnx.training.loss.CrossEntropy;
import io.hone.onnx.training.loss.ElementDistance;
import io.hone.onnx.training.loss.LossPart;
import io.hone.onnx.training.loss.LossPort;
import io.hone.onnx.training.loss.OutsideGradient;
import io.hone.onnx.training.update.Adam;
import io.hone.onnx.training.update.TensorPort;
import io.hone.onnx.training.update.UpdateRules;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrainingGraphTest {
  private static final int EXAMPLES = 5;
  private static final float NUDGE = 1e-2f;

  static Stream<LossPart> parts() {
    return Stream.of(
        CrossEntropy.of("scores"),
        CrossEntropy.of("scores").smoothed(0.2f),
        new CrossEntropy("weighted", "scores", 0.25f, 0),
        BinaryCrossEntropy.of("scores"),
        new BinaryCrossEntropy("balanced", "scores", 1, true),
        ElementDistance.toTarget("scores", ElementDistance.Measure.SQUARED),
        ElementDistance.toTarget("features", ElementDistance.Measure.ABSOLUTE),
        ElementDistance.between("features", "scores", ElementDistance.Measure.SQUARED),
        OutsideGradient.of("features"));
  }

  private static TrainableWeights dense() {
    return TrainableWeights.of(SmallNetwork.dense(), "scores");
  }

  private static Map<String, Object> feed(StepGraph step, TrainableWeights weights, int examples) {
    Map<String, Object> feed = new HashMap<>();
    feed.put(step.image(), Array.uniform(new Random(1), -1, 1, examples, 3));
    feed.put(step.share(), scalar(1f / examples));
    for (LossPort port : step.losses()) {
      if (port.part() instanceof CrossEntropy) {
        long[] classes = new long[examples];
        Arrays.setAll(classes, row -> row % 4);
        feed.put(port.feed(), classes);
      } else if (!port.feed().isEmpty()) {
        feed.put(port.feed(), Array.uniform(new Random(2), 0, 1, examples, 4));
      }
    }
    for (Weight weight : step.weights()) {
      feed.put(weight.name(), new Array(weights.content(weight.name()), weight.shape().sizes()));
    }
    return feed;
  }

  private static Array scalar(float number) {
    return new Array(new float[] {number}, 1);
  }

  @ParameterizedTest
  @MethodSource("parts")
  void gradientsAgreeWithDifferencesOfTheLoss(LossPart part) {
    TrainableWeights weights = dense();
    List<String> trained =
        part.value().equals("scores")
                || part instanceof ElementDistance between && between.other().isPresent()
            ? List.of("first", "bias", "second")
            : List.of("first", "bias");
    StepGraph step = TrainingGraph.of(weights).train(trained).loss(part).build();
    Map<String, Object> feed = feed(step, weights, EXAMPLES);
    String loss = step.losses().get(0).output();
    try (Evaluator runtime = new Evaluator(step.model())) {
      Map<String, Array> result = runtime.run(feed);
      for (String name : trained) {
        Array content = (Array) feed.get(name);
        float[] gradient = result.get(step.gradients().get(name)).content();
        for (int i = 0; i < gradient.length; i++) {
          feed.put(name, content.changed(i, NUDGE));
          double up = runtime.run(feed).get(loss).content()[0];
          feed.put(name, content.changed(i, -NUDGE));
          double down = runtime.run(feed).get(loss).content()[0];
          assertThat((double) gradient[i])
              .as("%s of %s", i, name)
              .isCloseTo((up - down) / (2 * NUDGE), within(1e-3));
        }
        feed.put(name, content);
      }
    }
  }

  @Test
  void theLossIsTheMeanOfTheExamples() {
    TrainableWeights weights = dense();
    StepGraph step =
        TrainingGraph.of(weights)
            .train(List.of("first"))
            .loss(CrossEntropy.of("scores"))
            .show("scores")
            .build();
    try (Evaluator runtime = new Evaluator(step.model())) {
      Map<String, Array> result = runtime.run(feed(step, weights, EXAMPLES));
      float[] scores = result.get("scores").content();
      double sum = 0;
      for (int row = 0; row < EXAMPLES; row++) {
        double total = 0;
        for (int k = 0; k < 4; k++) {
          total += Math.exp(scores[4 * row + k]);
        }
        sum += Math.log(total) - scores[4 * row + row % 4];
      }
      assertThat((double) result.get("cross-entropy").content()[0])
          .isCloseTo(sum / EXAMPLES, within(1e-5));
    }
  }

  @Test
  void shardsAddUpToTheBatch() {
    TrainableWeights weights = dense();
    StepGraph step =
        TrainingGraph.of(weights)
            .train(List.of("first", "second"))
            .loss(CrossEntropy.of("scores"))
            .loss(ElementDistance.toTarget("features", ElementDistance.Measure.SQUARED))
            .build();
    Map<String, Object> whole = feed(step, weights, EXAMPLES);
    try (Evaluator runtime = new Evaluator(step.model())) {
      Map<String, Array> together = runtime.run(whole);
      Map<String, Array> one = runtime.run(rows(whole, 0, 2));
      Map<String, Array> other = runtime.run(rows(whole, 2, EXAMPLES));
      together.forEach(
          (name, array) -> {
            for (int i = 0; i < array.content().length; i++) {
              assertThat(one.get(name).content()[i] + other.get(name).content()[i])
                  .as(name)
                  .isCloseTo(array.content()[i], within(1e-5f));
            }
          });
    }
  }

  /** Cuts what has a row for each example; weights have other sizes. */
  private static Map<String, Object> rows(Map<String, Object> whole, int from, int to) {
    Map<String, Object> part = new HashMap<>();
    whole.forEach(
        (name, value) -> {
          if (value instanceof long[] classes) {
            part.put(name, Arrays.copyOfRange(classes, from, to));
          } else {
            Array array = (Array) value;
            boolean cut = array.shape().length == 2 && array.shape()[0] == EXAMPLES;
            part.put(name, cut ? rows(array, from, to) : array);
          }
        });
    return part;
  }

  private static Array rows(Array array, int from, int to) {
    int size = (int) array.shape()[1];
    return new Array(Arrays.copyOfRange(array.content(), from * size, to * size), to - from, size);
  }

  @Test
  void aGraphThatStepsLearns() {
    TrainableWeights weights = TrainableWeights.of(SmallNetwork.normalised(), "scores");
    StepGraph step =
        TrainingGraph.of(weights)
            .loss(CrossEntropy.of("scores"))
            .update(UpdateRules.of(Adam.usual()))
            .build();
    assertThat(step.gradients()).isEmpty();
    Map<String, Object> feed = new HashMap<>();
    feed.put(step.image(), Array.uniform(new Random(1), -1, 1, 6, 2, 5, 5));
    feed.put(step.share(), scalar(1f / 6));
    feed.put(step.losses().get(0).feed(), new long[] {0, 1, 2, 0, 1, 2});
    List<TensorPort> tensors = step.update().orElseThrow().tensors();
    for (TensorPort port : tensors) {
      int length = (int) port.shape().elements();
      float[] content = port.isWeight() ? weights.content(port.weight()) : new float[length];
      feed.put(port.input(), new Array(content, port.shape().sizes()));
    }
    float first = 0;
    float last = 0;
    try (Evaluator runtime = new Evaluator(step.model())) {
      for (int number = 1; number <= 60; number++) {
        Adam.usual().numbers(0.02, number).forEach((name, value) -> feed.put(name, scalar(value)));
        Map<String, Array> result = runtime.run(feed);
        last = result.get("cross-entropy").content()[0];
        first = number == 1 ? last : first;
        tensors.forEach(port -> feed.put(port.input(), result.get(port.output())));
      }
    }
    assertThat(last).isLessThan(0.1f * first);
  }

  @Test
  void statisticsAreThoseOfTheBatch() {
    TrainableWeights weights = TrainableWeights.of(SmallNetwork.normalised(), "scores");
    StepGraph step = TrainingGraph.of(weights).loss(CrossEntropy.of("scores")).build();
    assertThat(step.statistics()).hasSize(1);
    StatisticPort port = step.statistics().get(0);
    assertThat(port.mean()).isEqualTo("mean");
    assertThat(port.variance()).isEqualTo("variance");
    Map<String, Object> feed = new HashMap<>();
    Array images = Array.uniform(new Random(1), -1, 1, 4, 2, 5, 5);
    feed.put(step.image(), images);
    feed.put(step.share(), scalar(0.25f));
    feed.put(step.losses().get(0).feed(), new long[] {0, 1, 2, 0});
    for (Weight weight : step.weights()) {
      float[] content = new float[(int) weight.shape().elements()];
      // The kernel hands on the centre of the first channel.
      if (weight.name().equals("kernel")) {
        content[4] = 1;
      }
      feed.put(weight.name(), new Array(content, weight.shape().sizes()));
    }
    try (Evaluator runtime = new Evaluator(step.model())) {
      Map<String, Array> result = runtime.run(feed);
      double sum = 0;
      double squares = 0;
      for (int image = 0; image < 4; image++) {
        for (int y = 1; y < 4; y++) {
          for (int x = 1; x < 4; x++) {
            double pixel = images.content()[image * 50 + 5 * y + x];
            sum += pixel;
            squares += pixel * pixel;
          }
        }
      }
      double mean = sum / 36;
      assertThat((double) result.get(port.batchMean()).content()[0]).isCloseTo(mean, within(1e-6));
      assertThat((double) result.get(port.batchVariance()).content()[0])
          .isCloseTo((squares - 36 * mean * mean) / 35, within(1e-6));
    }
  }

  @Test
  void refusesWhatCannotBeLearned() {
    TrainableWeights weights = dense();
    OnnxModel model = SmallNetwork.dense();
    assertThatThrownBy(() -> TrainingGraph.of(weights).build()).hasMessageContaining("at least");
    assertThatThrownBy(() -> TrainingGraph.of(weights).train(List.of("fourth")))
        .hasMessageContaining("no weight fourth");
    assertThatThrownBy(() -> TrainingGraph.of(weights).train(List.of()))
        .hasMessageContaining("name a weight");
    assertThatThrownBy(() -> TrainingGraph.of(weights).loss(CrossEntropy.of("logits")).build())
        .isInstanceOf(OnnxFormatException.class)
        .hasMessageContaining("has no value 'logits'");
    assertThatThrownBy(() -> TrainingGraph.of(weights).loss(CrossEntropy.of("bias")).build())
        .isInstanceOf(OnnxFormatException.class)
        .hasMessageContaining("a row for each image");
    assertThatThrownBy(
            () ->
                TrainingGraph.of(weights)
                    .train(List.of("first", "second"))
                    .loss(ElementDistance.toTarget("features", ElementDistance.Measure.SQUARED))
                    .build())
        .isInstanceOf(UntrainableModelException.class)
        .hasMessageContaining("[second]");
    assertThatThrownBy(() -> CrossEntropy.of("scores").smoothed(1)).hasMessageContaining("below 1");
    assertThat(TrainableWeights.of(model, "scores").weights())
        .extracting(Weight::name)
        .containsExactly("first", "bias", "second");
  }
}
