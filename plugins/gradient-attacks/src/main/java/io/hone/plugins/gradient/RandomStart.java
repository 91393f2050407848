package io.hone.plugins.gradient;

import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Ball;
import io.hone.api.geometry.Bounds;
import io.hone.api.run.NormalNumbers;
import io.hone.api.run.Run;
import java.util.random.RandomGenerator;

/** Where a descent starts beside the clean image. */
final class RandomStart {
  private RandomStart() {}

  /**
   * Moves a clean image in place to a point drawn uniformly from the ball, then clipped to the
   * bounds.
   */
  static void uniform(float[] image, Ball ball, Bounds bounds, RandomGenerator random) {
    float[] center = image.clone();
    float radius = (float) ball.radius();
    switch (ball.norm()) {
      case LINF -> {
        for (int feature = 0; feature < image.length; feature++) {
          image[feature] += (float) (radius * (2 * random.nextDouble() - 1));
        }
      }
      case L2 -> l2(image, radius, new NormalNumbers(random));
      case L1 -> l1(image, radius, random);
    }
    ball.project(image, center, bounds);
  }

  /** Moves every image in place by a size in each of its features, up or down by chance. */
  static void signs(Batch clean, Tensor images, float size, Ball ball, Run run) {
    float[] center = new float[images.rowSize()];
    for (int row = 0; row < clean.size(); row++) {
      run.checkCancelled();
      RandomGenerator random = run.random(clean.sample(row));
      clean.pixels().readRow(row, center);
      float[] image = center.clone();
      for (int feature = 0; feature < image.length; feature++) {
        image[feature] += random.nextBoolean() ? size : -size;
      }
      ball.project(image, center, clean.bounds(row));
      images.setRow(row, image);
    }
  }

  /**
   * A point on a sphere without its last two coordinates is uniform in the ball of the dimension
   * that is left.
   */
  private static void l2(float[] image, float radius, NormalNumbers normal) {
    double[] changes = new double[image.length + 2];
    double sum = 0;
    for (int index = 0; index < changes.length; index++) {
      changes[index] = normal.next();
      sum += changes[index] * changes[index];
    }
    double factor = radius / Math.sqrt(sum);
    for (int feature = 0; feature < image.length; feature++) {
      image[feature] += (float) (factor * changes[feature]);
    }
  }

  /** Exponential numbers divided by the sum of all and one more are uniform below the simplex. */
  private static void l1(float[] image, float radius, RandomGenerator random) {
    double[] changes = new double[image.length];
    double sum = exponential(random);
    for (int feature = 0; feature < image.length; feature++) {
      double size = exponential(random);
      changes[feature] = random.nextBoolean() ? size : -size;
      sum += size;
    }
    for (int feature = 0; feature < image.length; feature++) {
      image[feature] += (float) (radius * (changes[feature] / sum));
    }
  }

  private static double exponential(RandomGenerator random) {
    return -StrictMath.log(1 - random.nextDouble());
  }
}
