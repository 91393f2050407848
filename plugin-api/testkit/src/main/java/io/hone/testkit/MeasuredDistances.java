package io.hone.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.api.geometry.EightBit;

/**
 * How far two images are apart, in double.
 *
 * @param l0 features whose floats differ
 * @param levels features that differ on the 8-bit grid
 */
record MeasuredDistances(int l0, int levels, double l1, double l2, double linf) {
  static MeasuredDistances between(float[] first, float[] second) {
    int count = 0;
    double sum = 0;
    double squares = 0;
    double largest = 0;
    for (int feature = 0; feature < first.length; feature++) {
      double difference = Math.abs((double) first[feature] - second[feature]);
      count += difference > 0 ? 1 : 0;
      sum += difference;
      squares += difference * difference;
      largest = Math.max(largest, difference);
    }
    return new MeasuredDistances(
        count, EightBit.differing(first, second), sum, Math.sqrt(squares), largest);
  }

  /** Checks that none is larger than another one of its kind, but for rounding. */
  void assertNoneExceeds(MeasuredDistances before, double rounding, String what) {
    assertThat(l0).as("L0 of %s", what).isLessThanOrEqualTo(before.l0);
    assertThat(levels).as("L0 on the grid of %s", what).isLessThanOrEqualTo(before.levels);
    assertThat(l1).as("L1 of %s", what).isLessThanOrEqualTo(before.l1 + rounding);
    assertThat(l2).as("L2 of %s", what).isLessThanOrEqualTo(before.l2 + rounding);
    assertThat(linf).as("Linf of %s", what).isLessThanOrEqualTo(before.linf + rounding);
  }
}
