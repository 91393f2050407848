package io.hone.plugins.gradient.fastadaptiveboundary;

import io.hone.api.geometry.Bounds;
import io.hone.api.geometry.Norm;
import io.hone.api.run.NormalNumbers;
import java.util.random.RandomGenerator;

/** Where a run starts beside the clean image. */
final class RandomRestart {
  private RandomRestart() {}

  /**
   * Moves a clean image in place in a random direction, by a length that is exact but for the
   * bounds.
   *
   * <p>In Linf the direction has independent uniform parts, in L2 and L1 independent normal parts.
   *
   * @param length in the norm
   */
  static void move(float[] image, Norm norm, double length, Bounds bounds, RandomGenerator random) {
    double[] direction = new double[image.length];
    NormalNumbers normal = new NormalNumbers(random);
    double size = 0;
    for (int feature = 0; feature < direction.length; feature++) {
      double part = norm == Norm.LINF ? 2 * random.nextDouble() - 1 : normal.next();
      direction[feature] = part;
      size =
          switch (norm) {
            case LINF -> Math.max(size, Math.abs(part));
            case L2 -> size + part * part;
            case L1 -> size + Math.abs(part);
          };
    }
    double factor = length / (norm == Norm.L2 ? Math.sqrt(size) : size);
    for (int feature = 0; feature < image.length; feature++) {
      float moved = (float) (image[feature] + factor * direction[feature]);
      image[feature] = bounds.clip(feature, moved);
    }
  }
}
