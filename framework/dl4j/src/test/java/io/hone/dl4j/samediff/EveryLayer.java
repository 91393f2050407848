package io.hone.dl4j.samediff;

import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.learning.network.Weights;
import io.hone.network.Activated;
import io.hone.network.Activation;
import io.hone.network.Layer;
import io.hone.network.Network;
import io.hone.network.Padding;
import io.hone.network.WeightSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Small networks that hold every kind of layer between them, with random weights. */
public final class EveryLayer {
  private EveryLayer() {}

  /** Returns an autoencoder with normalisation before a pooling, a doubling and a convolution. */
  public static Network autoencoder(ImageShape shape) {
    return Network.of(
        shape,
        List.of(
            new Layer.Convolution(5, 3, 1, Padding.SAME, Activation.RELU),
            new Layer.BatchNormalization(1e-3f),
            new Layer.MaxPooling(2),
            new Layer.Convolution(4, 3, 1, Padding.SAME, Activation.RELU),
            new Layer.BatchNormalization(1e-3f),
            new Layer.UpSampling(2),
            new Layer.Convolution(3, 3, 2, Padding.SAME, Activation.RELU),
            new Layer.BatchNormalization(1e-3f),
            new Layer.Convolution(6, 1, 1, Padding.VALID, Activation.SIGMOID),
            new Layer.BatchNormalization(1e-3f),
            new Layer.UpSampling(2),
            new Layer.Convolution(shape.channels(), 3, 1, Padding.SAME, Activation.SIGMOID)));
  }

  /** Returns a classifier with normalisation before a flattening. */
  public static Network classifier(ImageShape shape, int classes) {
    return Network.of(
        shape,
        List.of(
            new Layer.Convolution(5, 3, 1, Padding.VALID, Activation.RELU),
            new Layer.AveragePooling(2),
            new Layer.Convolution(4, 3, 2, Padding.SAME, Activation.NONE),
            new Layer.BatchNormalization(1e-3f),
            new Layer.Flatten(),
            new Layer.Dense(9, Activation.RELU),
            new Layer.Dense(classes, Activation.NONE)));
  }

  /** Returns a classifier with a normalisation between a convolution and its activation. */
  public static Network normalised(ImageShape shape, int classes) {
    return Network.of(
        shape,
        List.of(
            new Layer.Convolution(5, 3, 1, Padding.SAME, Activation.NONE).withoutBias(),
            new Layer.BatchNormalization(1e-3f),
            new Activated(Activation.RELU),
            new Layer.Convolution(4, 2, 2, Padding.VALID, Activation.NONE),
            new Layer.BatchNormalization(1e-3f),
            new Activated(Activation.TANH),
            new Layer.Flatten(),
            new Layer.Dense(classes, Activation.NONE)));
  }

  /**
   * Returns random weights, statistics too.
   *
   * @param gammaFrom smallest scale of a normalisation
   */
  public static Weights weights(Network network, long seed, double gammaFrom) {
    SplittableRandom random = new SplittableRandom(seed);
    Weights start = Weights.start(network, random);
    Map<String, float[]> values = new LinkedHashMap<>();
    for (WeightSpec spec : network.weights()) {
      float[] drawn = start.get(spec.name()).clone();
      String part = spec.name().substring(spec.name().indexOf('.') + 1);
      for (int i = 0; i < drawn.length; i++) {
        switch (part) {
          case "gamma" -> drawn[i] = (float) (gammaFrom + 1.5 * random.nextDouble());
          case "variance" -> drawn[i] = (float) (0.2 + random.nextDouble());
          case "bias", "beta", "mean" -> drawn[i] = (float) (random.nextDouble() - 0.5);
          default -> {}
        }
      }
      values.put(spec.name(), drawn);
    }
    return new Weights(values);
  }

  /** Returns weights of which one is moved along a direction. */
  static Weights moved(Weights weights, WeightSpec spec, float[] direction, double by) {
    Map<String, float[]> values = new LinkedHashMap<>(weights.values());
    float[] moved = weights.get(spec.name()).clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += (float) (by * direction[i]);
    }
    values.put(spec.name(), moved);
    return new Weights(values);
  }

  /** Returns random images. */
  public static Tensor images(int count, ImageShape shape, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Tensor images = Tensor.images(count, shape);
    for (int row = 0; row < count; row++) {
      for (int feature = 0; feature < shape.features(); feature++) {
        images.set(row, feature, (float) random.nextDouble());
      }
    }
    return images;
  }
}
