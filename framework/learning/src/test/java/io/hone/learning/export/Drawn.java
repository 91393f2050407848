package io.hone.learning.export;

import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.learning.network.Weights;
import io.hone.network.Network;
import io.hone.network.WeightSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** Random weights and images. */
final class Drawn {
  private Drawn() {}

  /** Returns weights without a constant among them: statistics, scales and biases are drawn too. */
  static Weights weights(Network network, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Weights start = Weights.start(network, random);
    Map<String, float[]> values = new LinkedHashMap<>();
    for (WeightSpec spec : network.weights()) {
      float[] drawn = start.get(spec.name()).clone();
      if (spec.start() instanceof WeightSpec.Start.Constant constant) {
        for (int i = 0; i < drawn.length; i++) {
          drawn[i] = (float) (constant.value() + 0.6 * random.nextDouble() - 0.3);
        }
      }
      values.put(spec.name(), drawn);
    }
    return new Weights(values);
  }

  /** Returns images in [0, 1]. */
  static Tensor images(int count, ImageShape shape, long seed) {
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
