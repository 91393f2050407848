package io.hone.dl4j.samediff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.DifferentiableClassifier;
import io.hone.api.model.Loss;
import io.hone.api.model.LossGradient;
import io.hone.learning.network.Weights;
import io.hone.network.Activation;
import io.hone.network.Layer;
import io.hone.network.Network;
import io.hone.network.Padding;
import io.hone.network.WeightSpec;
import io.hone.testkit.model.TwoLayerClassifier;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The gradient that a generator learns from, against finite differences of the loss itself: that of
 * a classifier which SameDiff knows nothing of.
 */
class GivenGradientTest {
  private static final ImageShape SHAPE = new ImageShape(2, 8, 12);
  private static final int ROWS = 4;
  private static final int[] WANTED = {0, 1, 2, 1};

  /** Smooth throughout, so that finite differences can be trusted. */
  private final Network network =
      Network.of(
          SHAPE,
          List.of(
              convolution(5),
              new Layer.BatchNormalization(1e-3f),
              new Layer.AveragePooling(2),
              convolution(4),
              new Layer.UpSampling(2),
              convolution(SHAPE.channels())));

  private final ImageArrays arrays = new ImageArrays(SHAPE);
  private final INDArray images = arrays.array(EveryLayer.images(ROWS, SHAPE, 1));
  private final DifferentiableClassifier classifier =
      TwoLayerClassifier.random(
          SHAPE, 3, TwoLayerClassifier.Activation.TANH, new SplittableRandom(5));

  private static Layer convolution(int filters) {
    return new Layer.Convolution(filters, 3, 1, Padding.SAME, Activation.SIGMOID);
  }

  @BeforeAll
  static void load() {
    Nd4jStart.load();
  }

  @Test
  void reachesEveryWeightAsTheLossItselfDoes() {
    Weights weights = EveryLayer.weights(network, 6, 0.5);
    TrainingGraph graph = graph(weights);
    INDArray made = graph.output(new Minibatch(images, images));
    Tensor pulled = loss(made).gradient();
    Map<String, INDArray> gradients =
        graph.evaluate(new Minibatch(images, arrays.array(pulled))).getGradients();
    int checked = 0;
    for (WeightSpec spec : network.weights()) {
      if (!spec.trainable()) {
        continue;
      }
      float[] gradient = WeightArrays.values(gradients.get(spec.name()));
      double norm = norm(gradient);
      double step = 3e-3;
      double slope =
          (meanLoss(EveryLayer.moved(weights, spec, gradient, step / norm))
                  - meanLoss(EveryLayer.moved(weights, spec, gradient, -step / norm)))
              / (2 * step);
      assertThat(slope)
          .as("slope along the gradient to %s", spec.name())
          .isCloseTo(norm, within(0.005 * norm + 1e-4));
      checked += norm > 0.01 ? 1 : 0;
    }
    assertThat(checked).as("weights whose gradient is large enough to tell").isGreaterThan(4);
  }

  private double meanLoss(Weights weights) {
    float[] losses = loss(graph(weights).output(new Minibatch(images, images))).losses();
    double sum = 0;
    for (float loss : losses) {
      sum += loss;
    }
    return sum / losses.length;
  }

  private LossGradient loss(INDArray made) {
    ImageBatch batch = new ImageBatch(arrays.tensor(made), new long[ROWS]);
    return classifier.lossGradient(batch, Loss.crossEntropy(true), WANTED);
  }

  private TrainingGraph graph(Weights weights) {
    return new TrainingGraph(network, Objective.GIVEN_GRADIENT, TrainingState.start(weights));
  }

  private static double norm(float[] values) {
    double squares = 0;
    for (float value : values) {
      squares += (double) value * value;
    }
    return Math.sqrt(squares);
  }
}
