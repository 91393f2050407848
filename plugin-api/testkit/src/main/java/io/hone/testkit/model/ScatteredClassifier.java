package io.hone.testkit.model;

import io.hone.api.data.ImageShape;
import io.hone.api.stability.Stability;
import java.util.Arrays;

/**
 * A classifier without any pattern: all values of an image together make its class, so that every
 * changed feature, however little, may give any other one. Its gradients promise nothing either.
 */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public final class ScatteredClassifier extends ExactClassifier {
  /** Creates a classifier. */
  public ScatteredClassifier(ImageShape shape, int classes) {
    super(shape, classes);
  }

  @Override
  public double[] logits(double[] image) {
    return scattered(hash(image), classes());
  }

  @Override
  public double[] pullBack(double[] image, double[] cotangent) {
    return scattered(hash(image) ^ hash(cotangent), image.length);
  }

  private static long hash(double[] values) {
    return mixed(Arrays.hashCode(values));
  }

  /** Returns numbers from -0.5 to 0.5 that follow from a key alone. */
  private static double[] scattered(long key, int count) {
    double[] values = new double[count];
    for (int index = 0; index < count; index++) {
      values[index] = (mixed(key + index) >>> 11) * 0x1p-53 - 0.5;
    }
    return values;
  }

  /** The finaliser of SplitMix64 (Steele, Lea and Flood 2014). */
  private static long mixed(long value) {
    long mixed = value * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
