package io.hone.plugins.optimization.cw;

import java.util.Comparator;
import java.util.stream.IntStream;

/** The places of an image that may still change: pixels, or single features. */
final class AllowedSet {
  /** A feature that moved by less counts as unchanged. */
  private static final double UNCHANGED = 1e-4;

  /** A place that mattered more than this is the last one fixed in a round. */
  private static final double MATTERED = 0.01;

  /** How many places a round fixes, in relation to the root of those that changed. */
  private static final double SHARE = 0.3;

  private final boolean[] fixed;
  private final int channels;
  private int left;

  /**
   * Creates the set of all places.
   *
   * @param channels that make up one place: those of the image for pixels, 1 for features
   */
  AllowedSet(int features, int channels) {
    this.channels = channels;
    this.left = features / channels;
    this.fixed = new boolean[left];
  }

  boolean isEmpty() {
    return left == 0;
  }

  /** Gives fixed places their clean values. */
  void fix(float[] image, float[] clean) {
    for (int feature = 0; feature < image.length; feature++) {
      if (fixed[feature % fixed.length]) {
        image[feature] = clean[feature];
      }
    }
  }

  /** Sets a gradient to 0 at fixed places. */
  void mask(float[] gradient) {
    for (int feature = 0; feature < gradient.length; feature++) {
      if (fixed[feature % fixed.length]) {
        gradient[feature] = 0;
      }
    }
  }

  /** Returns how many places changed. */
  int changed(float[] image, float[] clean) {
    int count = 0;
    for (int place = 0; place < fixed.length; place++) {
      boolean changed = false;
      for (int channel = 0; channel < channels; channel++) {
        int feature = channel * fixed.length + place;
        changed |= Math.abs((double) image[feature] - clean[feature]) > UNCHANGED;
      }
      count += changed ? 1 : 0;
    }
    return count;
  }

  /**
   * Fixes the places that mattered least: where change and slope, each summed over the channels,
   * have the smallest product.
   */
  void shrink(float[] image, float[] clean, float[] slope) {
    double[] scores = new double[fixed.length];
    for (int place = 0; place < scores.length; place++) {
      double change = 0;
      double steepness = 0;
      for (int channel = 0; channel < channels; channel++) {
        int feature = channel * fixed.length + place;
        change += (double) image[feature] - clean[feature];
        steepness += Math.abs(slope[feature]);
      }
      scores[place] = Math.abs(change) * steepness;
    }
    double enough = SHARE * Math.sqrt(changed(image, clean));
    int done = 0;
    for (int place : ascending(scores)) {
      fixed[place] = true;
      left--;
      done++;
      if (scores[place] > MATTERED || done >= enough) {
        return;
      }
    }
  }

  private int[] ascending(double[] scores) {
    return IntStream.range(0, fixed.length)
        .filter(place -> !fixed[place])
        .boxed()
        .sorted(Comparator.comparingDouble(place -> scores[place]))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
