package io.hone.onnx.gradientcheck;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Chooses the features of an image at random: the one with the largest gradient, then in turn any
 * one and the largest of a few. A slope that is claimed but not there shows at large gradients, one
 * that is not claimed shows anywhere.
 */
final class FeatureChoice {
  private static final int CONTEST = 8;

  private FeatureChoice() {}

  static int[] of(float[] gradient, int count, RandomGenerator random) {
    int wanted = Math.min(count, gradient.length);
    Set<Integer> chosen = new LinkedHashSet<>();
    int largest = 0;
    for (int feature = 1; feature < gradient.length; feature++) {
      largest = larger(gradient, largest, feature);
    }
    chosen.add(largest);
    int drawn = 0;
    while (chosen.size() < wanted) {
      int feature = random.nextInt(gradient.length);
      if (drawn % 2 == 1 && drawn < CONTEST * wanted) {
        for (int rival = 1; rival < CONTEST; rival++) {
          feature = larger(gradient, feature, random.nextInt(gradient.length));
        }
      }
      chosen.add(feature);
      drawn++;
    }
    return chosen.stream().mapToInt(Integer::intValue).toArray();
  }

  private static int larger(float[] gradient, int first, int second) {
    return Math.abs(gradient[second]) > Math.abs(gradient[first]) ? second : first;
  }
}
