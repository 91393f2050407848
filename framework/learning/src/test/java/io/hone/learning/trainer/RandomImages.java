package io.hone.learning.trainer;

import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import java.util.SplittableRandom;

/** Images of noise. */
final class RandomImages {
  private RandomImages() {}

  /** Returns images whose values are uniform in [0, 1). */
  static Tensor of(int count, ImageShape shape, long seed) {
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
