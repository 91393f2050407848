package io.hone.plugins.blackbox.square;

import io.hone.api.data.Batch;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Bounds;
import java.util.Collections;
import java.util.Random;

/** Clean images for tests. */
final class Image {
  static final long SAMPLE = 3;

  private Image() {}

  /** Returns a batch of one image whose features are all equal; its label is 0. */
  static Batch grey(ImageShape shape, float value) {
    return of(shape, Bounds.PIXELS, index -> value);
  }

  /** Returns a batch of one image with values from all of [0, 1]; its label is 0. */
  static Batch random(ImageShape shape) {
    Random random = new Random(5);
    return of(shape, Bounds.PIXELS, index -> Math.max(0, 1.25f * random.nextFloat() - 0.25f));
  }

  /** Returns a batch of one image within bounds; its label is 0. */
  static Batch of(ImageShape shape, Bounds bounds, Value value) {
    Tensor pixels = Tensor.images(1, shape);
    for (int feature = 0; feature < shape.features(); feature++) {
      pixels.set(0, feature, value.at(feature));
    }
    return new Batch(
        new ImageBatch(pixels, new long[] {SAMPLE}),
        new int[1],
        new int[] {Batch.NO_TARGET},
        Collections.singletonList(bounds));
  }

  /** Gives the value of each feature. */
  interface Value {
    float at(int feature);
  }
}
