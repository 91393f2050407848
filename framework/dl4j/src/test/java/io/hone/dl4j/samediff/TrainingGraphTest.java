package io.hone.dl4j.samediff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hone.api.data.ImageShape;
import io.hone.learning.network.Weights;
import io.hone.network.Activated;
import io.hone.network.Activation;
import io.hone.network.Layer;
import io.hone.network.Network;
import io.hone.network.Padding;
import io.hone.network.Stage;
import io.hone.network.WeightSpec;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class TrainingGraphTest {
  private static final ImageShape SHAPE = new ImageShape(2, 8, 12);
  private static final int ROWS = 4;

  @BeforeAll
  static void load() {
    Nd4jStart.load();
  }

  static Stream<Arguments> networks() {
    Layer first = convolution(1, Padding.SAME, Activation.NONE);
    Layer last = convolution(1, Padding.SAME, Activation.SIGMOID);
    return Stream.of(
        Arguments.of("convolution", List.of(first, last)),
        Arguments.of("unpadded", List.of(convolution(1, Padding.VALID, Activation.NONE), last)),
        Arguments.of("stride", List.of(first, convolution(2, Padding.SAME, Activation.SIGMOID))),
        Arguments.of("relu", List.of(convolution(1, Padding.SAME, Activation.RELU), last)),
        Arguments.of("sigmoid", List.of(convolution(1, Padding.SAME, Activation.SIGMOID), last)),
        Arguments.of("normalisation", List.of(first, new Layer.BatchNormalization(1e-3f), last)),
        Arguments.of("normalised input", List.of(new Layer.BatchNormalization(1e-3f), first, last)),
        Arguments.of(
            "normalisation before its activation",
            List.of(
                convolution(1, Padding.SAME, Activation.NONE).withoutBias(),
                new Layer.BatchNormalization(1e-3f),
                new Activated(Activation.TANH),
                last)),
        Arguments.of("dropout", List.of(first, new Layer.Dropout(0.5), last)),
        Arguments.of("largest", List.of(first, new Layer.MaxPooling(2), last)),
        Arguments.of("mean", List.of(first, new Layer.AveragePooling(2), last)),
        Arguments.of("doubling", List.of(first, new Layer.UpSampling(2), last)),
        Arguments.of("trebling", List.of(first, new Layer.UpSampling(3), last)),
        Arguments.of(
            "dense", List.of(first, new Layer.Flatten(), new Layer.Dense(3, Activation.NONE))),
        Arguments.of(
            "dense with dropout",
            List.of(
                first,
                new Layer.Flatten(),
                new Layer.Dropout(0.5),
                new Layer.Dense(3, Activation.NONE))));
  }

  private static Layer.Convolution convolution(int stride, Padding padding, Activation activation) {
    return new Layer.Convolution(3, 3, stride, padding, activation);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void gradientsAgreeWithFiniteDifferences(String name, List<Layer> layers) {
    Network network = Network.of(SHAPE, layers);
    INDArray images = random(1, ROWS, 8, 12, 2);
    ImageShape out = network.output();
    if (out.pixels() == 1) {
      INDArray targets = Nd4j.zeros(DataType.FLOAT, ROWS, 3);
      for (int row = 0; row < ROWS; row++) {
        targets.putScalar(row, row % 3, 1);
      }
      checkGradients(
          network,
          Objective.SOFTMAX_CROSS_ENTROPY,
          new Minibatch(images, targets).with(masks(network)));
    } else {
      INDArray targets = random(2, ROWS, out.height(), out.width(), out.channels());
      Objective objective =
          name.equals("sigmoid") ? Objective.BINARY_CROSS_ENTROPY : Objective.MEAN_SQUARED_ERROR;
      checkGradients(network, objective, new Minibatch(images, targets).with(masks(network)));
    }
  }

  /** Leaves out two values of three; any numbers would do. */
  private static Map<String, INDArray> masks(Network network) {
    Map<String, INDArray> masks = new LinkedHashMap<>();
    for (Stage stage : network.stages()) {
      if (stage.layer() instanceof Layer.Dropout) {
        ImageShape in = stage.in();
        INDArray mask =
            in.pixels() == 1
                ? Nd4j.zeros(DataType.FLOAT, ROWS, in.channels())
                : Nd4j.zeros(DataType.FLOAT, ROWS, in.height(), in.width(), in.channels());
        for (int i = 0; i < mask.length(); i += 3) {
          mask.putScalar(i, 2);
        }
        masks.put(stage.weight("mask"), mask);
      }
    }
    return masks;
  }

  /** Along the gradient itself the slope is the gradient's norm. */
  private static void checkGradients(Network network, Objective objective, Minibatch batch) {
    Weights weights = EveryLayer.weights(network, 5, 0.5);
    Map<String, INDArray> gradients =
        graph(network, objective, weights).evaluate(batch).getGradients();
    for (WeightSpec spec : network.weights()) {
      if (!spec.trainable()) {
        assertThat(gradients).doesNotContainKey(spec.name());
        continue;
      }
      float[] gradient = WeightArrays.values(gradients.get(spec.name()));
      double norm = 0;
      for (float value : gradient) {
        norm += (double) value * value;
      }
      norm = Math.sqrt(norm);
      double step = 3e-3;
      Weights after = EveryLayer.moved(weights, spec, gradient, step / norm);
      Weights before = EveryLayer.moved(weights, spec, gradient, -step / norm);
      double slope =
          (loss(network, objective, after, batch) - loss(network, objective, before, batch))
              / (2 * step);
      assertThat(slope)
          .as("slope of %s along the gradient to %s", objective, spec.name())
          .isCloseTo(norm, within(0.01 * norm + 2e-4));
    }
  }

  private static double loss(
      Network network, Objective objective, Weights weights, Minibatch batch) {
    return graph(network, objective, weights).step(batch, 0, 0);
  }

  private static TrainingGraph graph(Network network, Objective objective, Weights weights) {
    return new TrainingGraph(network, objective, TrainingState.start(weights));
  }

  @Test
  void balancedCrossEntropyIsTheMeanOfBothClassesMeans() {
    Network network =
        Network.of(
            new ImageShape(1, 2, 4),
            List.of(new Layer.Convolution(1, 1, 1, Padding.SAME, Activation.SIGMOID)));
    Map<String, float[]> values = new LinkedHashMap<>();
    for (WeightSpec spec : network.weights()) {
      values.put(spec.name(), new float[] {spec.name().endsWith("kernel") ? 1 : 0});
    }
    INDArray logits = Nd4j.create(new float[] {2, 0, 0, 0, 0, 0, 0, -1}, new long[] {1, 2, 4, 1});
    INDArray targets = Nd4j.create(new float[] {1, 1, 1, 1, 1, 1, 0, 0}, new long[] {1, 2, 4, 1});
    double ones = (Math.log1p(Math.exp(-2)) + 5 * Math.log(2)) / 6;
    double zeros = (Math.log(2) + Math.log1p(Math.exp(-1))) / 2;
    Weights weights = new Weights(values);
    assertThat(
            loss(
                network,
                Objective.BALANCED_BINARY_CROSS_ENTROPY,
                weights,
                new Minibatch(logits, targets)))
        .isCloseTo((ones + zeros) / 2, within(3e-3));
    assertThat(
            loss(
                network,
                Objective.BALANCED_BINARY_CROSS_ENTROPY,
                weights,
                new Minibatch(logits, Nd4j.ones(DataType.FLOAT, 1, 2, 4, 1))))
        .as("with one class only")
        .isBetween(0.3, 0.6);
  }

  @Test
  void movingStatisticsLeadInferenceToWhatTrainingSees() {
    Network network = EveryLayer.autoencoder(SHAPE);
    INDArray images = random(6, 16, 8, 12, 2);
    INDArray targets = random(7, 16, 8, 12, 2);
    TrainingGraph graph =
        graph(network, Objective.MEAN_SQUARED_ERROR, EveryLayer.weights(network, 8, 0.5));
    double loss = 0;
    for (int step = 0; step < 320; step++) {
      loss = graph.step(new Minibatch(images, targets), 0, 0);
    }
    InferenceGraph trained =
        new InferenceGraph(network, graph.state().weights(), Objective.MEAN_SQUARED_ERROR);
    assertThat(trained.measure(images, targets).loss()).isCloseTo(loss, within(1e-5));
  }

  @Test
  void stepsMakeTheLossSmallerAndLeaveTheGivenWeightsAlone() {
    Network network = EveryLayer.classifier(SHAPE, 2);
    INDArray targets = Nd4j.zeros(DataType.FLOAT, 8, 2);
    for (int row = 0; row < 8; row++) {
      targets.putScalar(row, row % 2, 1);
    }
    INDArray images = random(9, 8, 8, 12, 2);
    Weights weights = EveryLayer.weights(network, 10, 0.5);
    float[] before = weights.get("conv1.kernel").clone();
    TrainingGraph graph = graph(network, Objective.SOFTMAX_CROSS_ENTROPY, weights);
    double first = graph.step(new Minibatch(images, targets), 0.01, 0.01);
    for (int step = 0; step < 60; step++) {
      graph.step(new Minibatch(images, targets), 0.01, 0.01);
    }
    assertThat(graph.step(new Minibatch(images, targets), 0.01, 0.01)).isLessThan(first / 10);
    assertThat(weights.get("conv1.kernel")).isEqualTo(before);
  }

  @Test
  void aStepLeavesNothingBehindThatTheNextOneReads() {
    Network network = EveryLayer.autoencoder(SHAPE);
    Weights weights = EveryLayer.weights(network, 13, 0.5);
    TrainingGraph used = graph(network, Objective.MEAN_SQUARED_ERROR, weights);
    int[] sizes = {6, 6, 4, 6, 4, 4};
    for (int step = 0; step < sizes.length; step++) {
      Minibatch batch =
          new Minibatch(
              random(20 + step, sizes[step], 8, 12, 2), random(40 + step, sizes[step], 8, 12, 2));
      TrainingGraph fresh = graph(network, Objective.MEAN_SQUARED_ERROR, weights);
      assertThat(used.output(batch)).isEqualTo(fresh.output(batch));
      assertThat(used.evaluate(batch).getGradients())
          .isEqualTo(fresh.evaluate(batch).getGradients());
    }
  }

  @Test
  void aNetworkGivesTheSameResultEveryTimeInBatchesOfAnySize() {
    Network network = EveryLayer.classifier(SHAPE, 3);
    Inference inference =
        new Inference(new InferenceGraph(network, EveryLayer.weights(network, 11, 0.5)), network);
    var images = EveryLayer.images(64, SHAPE, 12);
    var whole = inference.run(images);
    for (int size : new int[] {64, 32, 7, 1, 64, 7}) {
      for (int from = 0; from + size <= 64; from += size) {
        var part = inference.run(images.rows(from, from + size));
        for (int row = 0; row < size; row++) {
          assertThat(part.row(row)).isEqualTo(whole.row(from + row));
        }
      }
    }
  }

  private static INDArray random(long seed, long... shape) {
    SplittableRandom random = new SplittableRandom(seed);
    int length = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextDouble();
    }
    return Nd4j.create(values, shape, 'c');
  }
}
