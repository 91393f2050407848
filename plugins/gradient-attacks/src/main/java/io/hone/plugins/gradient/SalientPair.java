package io.hone.plugins.gradient;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The two features with the largest saliency {@code (a_p + a_q)(b_p + b_q)}, both sums positive.
 *
 * @param first the one of the smaller index
 */
record SalientPair(int first, int second) {
  /**
   * What a unit of change does, counted so that more is better in both.
   *
   * @param gain how much it raises what is to rise
   * @param fall how much it lowers what is to fall
   */
  record Slopes(double[] gain, double[] fall) {
    static Slopes of(float[] helping, float[] hindering, boolean brighten) {
      double[] gain = new double[helping.length];
      double[] fall = new double[helping.length];
      for (int feature = 0; feature < gain.length; feature++) {
        gain[feature] = brighten ? helping[feature] : -helping[feature];
        fall[feature] = brighten ? -hindering[feature] : hindering[feature];
      }
      return new Slopes(gain, fall);
    }

    boolean areNumbers() {
      return IntStream.range(0, gain.length)
          .allMatch(feature -> Double.isFinite(gain[feature]) && Double.isFinite(fall[feature]));
    }

    boolean areZero() {
      return IntStream.range(0, gain.length)
          .allMatch(feature -> gain[feature] == 0 && fall[feature] == 0);
    }

    private double saliency(int one, int other) {
      double gains = gain[one] + gain[other];
      double falls = fall[one] + fall[other];
      return gains > 0 && falls > 0 ? gains * falls : 0;
    }
  }

  /**
   * Finds the pair without looking at all pairs.
   *
   * <p>No pair with a feature is better than that feature with the largest gain and the largest
   * fall there are; features are tried by that bound, until it is below the best pair found.
   *
   * @param movable which features may take part
   * @return empty where no pair has a positive saliency; among equals any, but always the same one
   */
  static Optional<SalientPair> best(Slopes slopes, boolean[] movable) {
    double[] bounds = bounds(slopes, movable);
    int[] promising =
        IntStream.range(0, bounds.length)
            .filter(feature -> bounds[feature] > 0)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer feature) -> -bounds[feature]))
            .mapToInt(Integer::intValue)
            .toArray();
    double best = 0;
    SalientPair found = null;
    for (int rank = 1; rank < promising.length && bounds[promising[rank]] > best; rank++) {
      for (int other = 0; other < rank; other++) {
        double saliency = slopes.saliency(promising[rank], promising[other]);
        if (saliency > best) {
          best = saliency;
          int low = Math.min(promising[rank], promising[other]);
          found = new SalientPair(low, promising[rank] + promising[other] - low);
        }
      }
    }
    return Optional.ofNullable(found);
  }

  private static double[] bounds(Slopes slopes, boolean[] movable) {
    double gain = Double.NEGATIVE_INFINITY;
    double fall = Double.NEGATIVE_INFINITY;
    for (int feature = 0; feature < movable.length; feature++) {
      if (movable[feature]) {
        gain = Math.max(gain, slopes.gain()[feature]);
        fall = Math.max(fall, slopes.fall()[feature]);
      }
    }
    double[] bounds = new double[movable.length];
    for (int feature = 0; feature < bounds.length; feature++) {
      double gains = slopes.gain()[feature] + gain;
      double falls = slopes.fall()[feature] + fall;
      bounds[feature] = movable[feature] && gains > 0 && falls > 0 ? gains * falls : 0;
    }
    return bounds;
  }
}
