package io.hone.plugins.defenses;

/** How an image is read between its pixels when it is resized. */
public enum Interpolation {
  /** The value of the nearest pixel. */
  NEAREST {
    @Override
    Sampling sampling(int from, int to) {
      Sampling sampling = new Sampling(to);
      for (int index = 0; index < to; index++) {
        int nearest = (int) ((2L * index + 1) * from / (2L * to));
        sampling.set(index, nearest, nearest, 0);
      }
      return sampling;
    }
  },
  /** Weighted between the two nearest pixels of each axis. */
  BILINEAR {
    @Override
    Sampling sampling(int from, int to) {
      Sampling sampling = new Sampling(to);
      for (int index = 0; index < to; index++) {
        double place = Math.max(0, (index + 0.5) * from / to - 0.5);
        int low = Math.min(from - 1, (int) place);
        sampling.set(index, low, Math.min(from - 1, low + 1), place - low);
      }
      return sampling;
    }
  };

  /**
   * Returns how an axis of {@code from} pixels is read to give one of {@code to}. Pixels are areas:
   * the outer edges of both axes coincide.
   */
  abstract Sampling sampling(int from, int to);

  /** For each new pixel of an axis the two old ones it is between, and how near the second is. */
  static final class Sampling {
    private final int[] low;
    private final int[] high;
    private final double[] weight;

    private Sampling(int size) {
      low = new int[size];
      high = new int[size];
      weight = new double[size];
    }

    private void set(int index, int lower, int upper, double weightOfUpper) {
      low[index] = lower;
      high[index] = upper;
      weight[index] = weightOfUpper;
    }

    int low(int index) {
      return low[index];
    }

    int high(int index) {
      return high[index];
    }

    double weight(int index) {
      return weight[index];
    }
  }
}
