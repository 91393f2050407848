package io.hone.api.metric;

import io.hone.api.data.ImageShape;
import io.hone.api.geometry.EightBit;
import io.hone.api.stability.Stability;

/** Measures the distances between two images of one shape. */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
public final class DistanceMeter {
  private final ImageShape shape;
  private final StructuralSimilarity similarity;

  /** Creates a meter for images of the given shape. */
  public DistanceMeter(ImageShape shape) {
    this.shape = shape;
    this.similarity = new StructuralSimilarity(shape);
  }

  /** Returns the distances of an image from its clean image, both rows of features in [0, 1]. */
  public Distances between(float[] clean, float[] image) {
    int pixels = shape.pixels();
    boolean[] changed = new boolean[pixels];
    int l0 = 0;
    double l1 = 0;
    double squares = 0;
    double linf = 0;
    for (int feature = 0; feature < clean.length; feature++) {
      if (image[feature] == clean[feature]) {
        continue;
      }
      double difference = Math.abs((double) image[feature] - clean[feature]);
      l1 += difference;
      squares += difference * difference;
      linf = Math.max(linf, difference);
      if (EightBit.differ(image[feature], clean[feature])) {
        l0++;
        changed[feature % pixels] = true;
      }
    }
    int l0Pixels = 0;
    for (boolean pixel : changed) {
      if (pixel) {
        l0Pixels++;
      }
    }
    return new Distances(l0, l0Pixels, l1, Math.sqrt(squares), linf, similarity.of(clean, image));
  }
}
