package io.hone.onnx.training;

/** Numbers that Java and Python make alike, by SplitMix64: see {@code record_training_steps.py}. */
final class Formula {
  private static final float RESOLUTION = 1 << 24;

  private Formula() {}

  /** Returns numbers from 0 to below 1. */
  static float[] drawn(long seed, int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      long z = (i + seed * 1000003 + 1) * 0x9E3779B97F4A7C15L;
      z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
      z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
      z = z ^ (z >>> 31);
      numbers[i] = (z >>> 40) / RESOLUTION;
    }
    return numbers;
  }

  /** Returns numbers around a centre, up to a reach away. */
  static float[] around(double centre, double reach, long seed, int count) {
    float[] numbers = drawn(seed, count);
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) (centre + (2.0 * numbers[i] - 1) * reach);
    }
    return numbers;
  }
}
