package io.hone.onnxruntime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import io.hone.api.data.Tensor;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.support.Networks;
import io.hone.onnx.training.TrainableWeights;
import io.hone.onnx.training.loss.CrossEntropy;
import io.hone.onnx.training.step.StepGraph;
import io.hone.onnx.training.step.TrainingGraph;
import io.hone.onnx.training.update.Adam;
import io.hone.onnx.training.update.GradientDescent;
import io.hone.onnx.training.update.UpdateRules;
import io.hone.onnxruntime.session.ExecutionTarget;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LearningNetworkTest {
  private static final int EXAMPLES = 7;
  private static final UpdateRules ADAM = UpdateRules.of(Adam.usual());

  private static LearningNetwork residual(UpdateRules rules, int shards, int threads)
      throws OrtException {
    OnnxModel model = Networks.residual();
    TrainableWeights weights = TrainableWeights.of(model, model.outputs().get(0).name());
    return new LearningNetwork(
        weights, graph(model, weights), rules, shards, threads, new ExecutionTarget.Cpu());
  }

  private static StepGraph graph(OnnxModel model, TrainableWeights weights) {
    return TrainingGraph.of(weights).loss(CrossEntropy.of(model.outputs().get(0).name())).build();
  }

  private static Batch batch(int examples) {
    Random random = new Random(6);
    Tensor images = Tensor.zeros(examples, 3, 8, 8);
    int[] classes = new int[examples];
    for (int row = 0; row < examples; row++) {
      classes[row] = row % 5;
      for (int feature = 0; feature < images.rowSize(); feature++) {
        images.set(row, feature, random.nextFloat());
      }
    }
    return Batch.ofClasses(images, "cross-entropy_classes", classes);
  }

  private static void assertSame(Map<String, float[]> found, Map<String, float[]> wanted) {
    assertThat(found.keySet()).isEqualTo(wanted.keySet());
    found.forEach((name, content) -> assertThat(content).as(name).isEqualTo(wanted.get(name)));
  }

  @Test
  void learnsItsExamples() throws OrtException {
    try (LearningNetwork network = residual(ADAM, 2, 2)) {
      double first = network.step(batch(EXAMPLES), 0.01).loss();
      double last = first;
      for (int step = 0; step < 80; step++) {
        last = network.step(batch(EXAMPLES), 0.01).loss();
      }
      assertThat(last).isLessThan(first / 4);
    }
  }

  @Test
  void weightsDoNotDependOnTheNumberOfThreads() throws OrtException {
    try (LearningNetwork one = residual(ADAM, 3, 1);
        LearningNetwork three = residual(ADAM, 3, 3)) {
      for (int step = 0; step < 4; step++) {
        StepFigures figures = one.step(batch(EXAMPLES), 0.01);
        assertThat(three.step(batch(EXAMPLES), 0.01)).isEqualTo(figures);
      }
      assertSame(three.contents(), one.contents());
    }
  }

  @Test
  void goesOnFromAStateAsIfNothingHadHappened() throws OrtException {
    try (LearningNetwork whole = residual(ADAM, 2, 2);
        LearningNetwork resumed = residual(ADAM, 2, 1)) {
      whole.step(batch(EXAMPLES), 0.01);
      NetworkState state = whole.state();
      whole.step(batch(5), 0.02);
      resumed.restore(state);
      resumed.step(batch(5), 0.02);
      assertSame(resumed.contents(), whole.contents());
      assertThat(resumed.state().steps()).isEqualTo(2);
    }
  }

  @Test
  void shardsOfANetworkWithoutBatchStatisticsLearnAsTheBatch() throws OrtException {
    OnnxModel model = Networks.lenet("AveragePool");
    TrainableWeights weights = TrainableWeights.of(model, model.outputs().get(0).name());
    StepGraph graph = graph(model, weights);
    UpdateRules rules = UpdateRules.of(new GradientDescent(0.9f, false));
    ExecutionTarget cpu = new ExecutionTarget.Cpu();
    Tensor images = Tensor.zeros(2, 1, 12, 12);
    images.buffer().put(0, pixels(2 * 144));
    Batch batch = Batch.ofClasses(images, "cross-entropy_classes", new int[] {3, 8});
    // Of four shards, two have no example.
    try (LearningNetwork together = new LearningNetwork(weights, graph, rules, 1, 1, cpu);
        LearningNetwork apart = new LearningNetwork(weights, graph, rules, 4, 2, cpu)) {
      for (int step = 0; step < 3; step++) {
        assertThat(apart.step(batch, 0.05).loss())
            .isCloseTo(together.step(batch, 0.05).loss(), within(1e-5));
      }
      Map<String, float[]> wanted = together.contents();
      apart
          .contents()
          .forEach(
              (name, content) ->
                  assertThat(content).as(name).containsExactly(wanted.get(name), within(1e-5f)));
    }
  }

  private static float[] pixels(int count) {
    Random random = new Random(2);
    float[] pixels = new float[count];
    for (int i = 0; i < count; i++) {
      pixels[i] = random.nextFloat();
    }
    return pixels;
  }

  @Test
  void runningStatisticsFollowTheBatches() throws OrtException {
    OnnxModel model = Networks.residual();
    TrainableWeights weights = TrainableWeights.of(model, model.outputs().get(0).name());
    String statistic = weights.statistics().iterator().next();
    try (LearningNetwork network = residual(ADAM, 2, 2)) {
      float[] before = network.contents().get(statistic);
      network.step(batch(EXAMPLES), 0.01);
      assertThat(network.contents().get(statistic)).isNotEqualTo(before);
    }
  }

  @Test
  void aDivergedStepLeavesTheNetworkAsItWas() throws OrtException {
    try (LearningNetwork network = residual(ADAM, 2, 2)) {
      network.step(batch(EXAMPLES), 0.01);
      Map<String, float[]> before = network.contents();
      Batch broken = batch(EXAMPLES);
      broken.images().set(2, 5, Float.NaN);
      assertThatThrownBy(() -> network.step(broken, 0.01))
          .isInstanceOf(DivergedException.class)
          .hasMessageContaining("the part 'cross-entropy' of the loss is NaN in step 2")
          .hasMessageContaining("lower the rate");
      assertSame(network.contents(), before);
      assertThat(network.state().steps()).isEqualTo(1);
    }
  }

  @Test
  void refusesTheStateOfAnotherOptimiser() throws OrtException {
    try (LearningNetwork adam = residual(ADAM, 1, 1);
        LearningNetwork descent = residual(UpdateRules.of(new GradientDescent(0, false)), 1, 1)) {
      assertThatThrownBy(() -> adam.restore(descent.state()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("the state holds");
      NetworkState state = adam.state();
      Map<String, float[]> cut = new LinkedHashMap<>(state.tensors());
      cut.replaceAll((name, content) -> Arrays.copyOf(content, content.length - 1));
      assertThatThrownBy(() -> adam.restore(new NetworkState(cut, state.statistics(), 1)))
          .hasMessageContaining("another length");
    }
  }
}
