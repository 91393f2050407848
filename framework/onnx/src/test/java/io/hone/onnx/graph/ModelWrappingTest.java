package io.hone.onnx.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.hone.onnx.support.Array;
import io.hone.onnx.support.Evaluator;
import io.hone.onnx.support.Networks;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ModelWrappingTest {
  @Test
  void appliesRangeMeanAndDeviationPerChannel() {
    OnnxModel network = Networks.residual();
    float[] mean = {100, 120, 140};
    float[] std = {50, 60, 70};
    OnnxModel wrapped = ModelWrapping.of(network).range(0, 255).normalize(mean, std).build();
    assertThat(wrapped.inputs()).isEqualTo(network.inputs());
    Array image = Array.uniform(new Random(1), 0, 1, 2, 3, 8, 8);
    float[] prepared = image.content().clone();
    for (int i = 0; i < prepared.length; i++) {
      int channel = i / 64 % 3;
      prepared[i] = (float) ((prepared[i] * 255.0 - mean[channel]) / std[channel]);
    }
    assertSame(run(wrapped, image), run(network, new Array(prepared, image.shape())));
  }

  @Test
  void turnsChannelsLast() {
    GraphEditor graph = GraphEditor.create(18);
    Value image = graph.input("image", ElementType.FLOAT, Shape.of(2, 4, 5, 3));
    graph.output("rows", graph.op("Flatten", image));
    OnnxModel wrapped = ModelWrapping.of(graph.build("nhwc")).channelsLast().build();
    assertThat(wrapped.inputs().get(0).shape()).contains(Shape.of(2, 3, 4, 5));
    Array nchw = Array.uniform(new Random(2), 0, 1, 2, 3, 4, 5);
    float[] rows = run(wrapped, nchw);
    for (int row = 0; row < 2; row++) {
      for (int channel = 0; channel < 3; channel++) {
        for (int pixel = 0; pixel < 20; pixel++) {
          assertThat(rows[row * 60 + pixel * 3 + channel])
              .isEqualTo(nchw.content()[row * 60 + channel * 20 + pixel]);
        }
      }
    }
  }

  @Test
  void freesTheBatch() {
    GraphEditor graph = GraphEditor.create(13);
    Value image = graph.input("image", ElementType.FLOAT, Shape.of(1, 3));
    Value tanh = graph.op("Tanh", image);
    graph.output(tanh, ElementType.FLOAT, Shape.of(1, 3));
    OnnxModel wrapped = ModelWrapping.of(graph.build("frozen")).freeBatch().build();
    assertThat(wrapped.inputs().get(0).shape().orElseThrow().axis(0))
        .isEqualTo(Dimension.named("N"));
    assertThat(wrapped.outputs().get(0).shape().orElseThrow().axis(0))
        .isEqualTo(Dimension.named("N"));
    assertThat(run(wrapped, Array.uniform(new Random(3), 0, 1, 4, 3))).hasSize(12);
  }

  @Test
  void takesAnyValueOrItsLogarithm() {
    GraphEditor graph = GraphEditor.create(18);
    Value image = graph.input("image", ElementType.FLOAT, Shape.of(1, 3));
    Value scores = graph.op("Mul", image, graph.scalar(100));
    Value probabilities = graph.op("Softmax", scores);
    graph.output("probabilities", probabilities);
    OnnxModel model = graph.build("softmax");
    Array content = new Array(new float[] {0.5f, 0.25f, -3}, 1, 3);
    OnnxModel before = ModelWrapping.of(model).output(scores.name()).build();
    assertThat(run(before, content)).containsExactly(50, 25, -300);
    assertThat(before.nodes()).hasSize(1);
    OnnxModel logarithm = ModelWrapping.of(model).logarithmOf("probabilities").build();
    float[] logs = run(logarithm, content);
    assertThat(logs[0]).isEqualTo(0);
    assertThat((double) logs[1]).isCloseTo(-25, within(1e-4));
    assertThat((double) logs[2]).isCloseTo(Math.log(Float.MIN_NORMAL), within(1e-3));
  }

  @Test
  void refusesWhatDoesNotFit() {
    OnnxModel network = Networks.residual();
    assertThatThrownBy(() -> ModelWrapping.of(network).input("picture").build())
        .isInstanceOf(OnnxFormatException.class)
        .hasMessageContaining("no input 'picture'");
    assertThatThrownBy(() -> ModelWrapping.of(network).output("scores").build())
        .isInstanceOf(OnnxFormatException.class)
        .hasMessageContaining("no value 'scores'");
    assertThatThrownBy(
            () ->
                ModelWrapping.of(network).normalize(new float[] {1, 2}, new float[] {1, 1}).build())
        .isInstanceOf(OnnxFormatException.class)
        .hasMessageContaining("2 channels");
  }

  private static float[] run(OnnxModel model, Array image) {
    try (Evaluator evaluator = new Evaluator(model)) {
      return evaluator
          .run(Map.of(model.inputs().get(0).name(), image))
          .values()
          .iterator()
          .next()
          .content();
    }
  }

  private static void assertSame(float[] actual, float[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) actual[i]).isCloseTo(expected[i], within(1e-4));
    }
  }
}
