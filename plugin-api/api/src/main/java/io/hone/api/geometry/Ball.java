package io.hone.api.geometry;

import io.hone.api.stability.Stability;

/**
 * The images of [0, 1] that are no farther from a clean image than a radius, both measured in
 * double.
 *
 * <p>Images are floats, and neither 0.2 nor 8/255 is one: a radius that was rounded to float, or a
 * border that was, lets images be 1e-8 farther away than the user allowed. So the radius is a
 * double, and the border of each feature is the outermost float within it.
 *
 * @param norm what distance is measured in
 * @param radius in pixel units of [0, 1]; at least 0
 */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public record Ball(Norm norm, double radius) {
  /** Leaves room for the rounding of a sum of a million doubles. */
  private static final double SHRINK = 1 - 1e-9;

  /** How near to the sum wanted is near enough, in relation to it; less than what is shrunk. */
  private static final double ENOUGH = 1e-10;

  private static final int ROUNDS = 100;

  /** Checks the radius. */
  public Ball {
    if (!(radius >= 0)) {
      throw new IllegalArgumentException("the radius of a ball is at least 0, not " + radius);
    }
  }

  /**
   * Creates a ball whose radius is the decimal that a float was written as: {@code 0.2f} is 0.2
   * here, not 0.20000000298.
   */
  public Ball(Norm norm, float radius) {
    this(norm, Double.parseDouble(Float.toString(radius)));
  }

  /** Moves an image in place to where it is in the ball around a clean one, and in [0, 1]. */
  public void project(float[] image, float[] center) {
    project(image, center, Bounds.PIXELS);
  }

  /**
   * Moves an image in place to where it is in the ball around a clean one, and within bounds; an
   * image that is there already stays as it is.
   *
   * <p>For Linf and L1 that is the nearest such image; for L2 the nearest point of the ball, then
   * clipped to the bounds, which only brings it closer to the clean image. No one who measures the
   * distance in double finds more than the radius.
   *
   * @param center the clean image, within the bounds
   */
  public void project(float[] image, float[] center, Bounds bounds) {
    switch (norm) {
      case LINF -> {
        intoCube(image, center);
        if (!bounds.areAllPixels()) {
          bounds.clip(image);
        }
      }
      case L2 -> {
        double distance = Norm.L2.distance(image, center);
        if (distance > radius) {
          shrink(image, center, radius / distance * SHRINK);
        }
        bounds.clip(image);
      }
      case L1 -> intoDiamond(image, center, bounds);
    }
  }

  /** Two loops: without a branch in it the first one takes many features at once. */
  private void intoCube(float[] image, float[] center) {
    for (int feature = 0; feature < image.length; feature++) {
      float low = (float) Math.max(0, center[feature] - radius);
      float high = (float) Math.min(1, center[feature] + radius);
      image[feature] = Math.max(low, Math.min(high, image[feature]));
    }
    for (int feature = 0; feature < image.length; feature++) {
      // A border that was rounded outward is the neighbour of the outermost float inside.
      if (Math.abs((double) image[feature] - center[feature]) > radius) {
        image[feature] = Math.nextAfter(image[feature], center[feature]);
      }
    }
  }

  private void intoDiamond(float[] image, float[] center, Bounds bounds) {
    float[] inside = image.clone();
    bounds.clip(inside);
    if (Norm.L1.distance(inside, center) <= radius) {
      System.arraycopy(inside, 0, image, 0, image.length);
      return;
    }
    double threshold = threshold(image, center, bounds, radius * SHRINK);
    for (int feature = 0; feature < image.length; feature++) {
      double change = (double) image[feature] - center[feature];
      double kept = kept(change, room(change, center, feature, bounds), threshold);
      image[feature] = moved(center[feature], Math.copySign(kept, change));
    }
  }

  /**
   * Returns what to take from the size of every change, so that what is left and fits into the
   * bounds sums to what is wanted: Duchi et al. 2008 with the bounds added.
   *
   * <p>The sum falls piecewise linearly. Newton's steps find the piece, halving where they leave
   * the bracket.
   */
  private static double threshold(float[] image, float[] center, Bounds bounds, double wanted) {
    double low = 0;
    double high = Norm.LINF.distance(image, center);
    double threshold = 0;
    for (int round = 0; round < ROUNDS; round++) {
      double sum = 0;
      int falling = 0;
      for (int feature = 0; feature < image.length; feature++) {
        double change = (double) image[feature] - center[feature];
        double room = room(change, center, feature, bounds);
        double kept = kept(change, room, threshold);
        sum += kept;
        falling += kept > 0 && kept < room ? 1 : 0;
      }
      if (Math.abs(sum - wanted) <= wanted * ENOUGH) {
        return threshold;
      }
      if (sum > wanted) {
        low = threshold;
      } else {
        high = threshold;
      }
      threshold += (sum - wanted) / falling;
      if (!(threshold > low && threshold < high)) {
        threshold = (low + high) / 2;
      }
    }
    return high;
  }

  private static double kept(double change, double room, double threshold) {
    return Math.max(0, Math.min(Math.abs(change) - threshold, room));
  }

  /** Returns how far a feature can move in the direction of its change. */
  private static double room(double change, float[] center, int feature, Bounds bounds) {
    return change > 0
        ? (double) bounds.high(feature) - center[feature]
        : (double) center[feature] - bounds.low(feature);
  }

  private static void shrink(float[] image, float[] center, double factor) {
    for (int feature = 0; feature < image.length; feature++) {
      double change = (double) image[feature] - center[feature];
      image[feature] = moved(center[feature], change * factor);
    }
  }

  /** Returns a value moved, rounded toward where it came from: never farther than asked. */
  private static float moved(float from, double change) {
    float to = (float) (from + change);
    return Math.abs((double) to - from) > Math.abs(change) ? Math.nextAfter(to, from) : to;
  }
}
