package io.hone.api.model;

import io.hone.api.model.Loss.DifferenceOfLogitsRatio;

/** {@link DifferenceOfLogitsRatio} of at least two logits. */
final class LogitsRatio {
  private LogitsRatio() {}

  static LogitLoss of(boolean targeted, float[] logits, int looked) {
    int rival = LogitLoss.rival(logits, looked);
    int sign = targeted ? 1 : -1;
    double margin = sign * ((double) logits[rival] - logits[looked]);
    double[] slopes = new double[logits.length];
    double spread = 1;
    double loss = margin;
    if (logits.length > 2) {
      int[] places = largest(logits, targeted ? 4 : 3);
      int third = places[2];
      int last = places[places.length - 1];
      spread =
          logits[places[0]]
              - (0.5 * logits[third] + 0.5 * logits[last])
              + DifferenceOfLogitsRatio.SMALLEST_SPREAD;
      loss = margin / spread;
      slopes[places[0]] -= loss;
      slopes[third] += loss / 2;
      slopes[last] += loss / 2;
    }
    slopes[rival] += sign;
    slopes[looked] -= sign;
    float[] gradient = new float[logits.length];
    for (int k = 0; k < gradient.length; k++) {
      gradient[k] = (float) (slopes[k] / spread);
    }
    return new LogitLoss(loss, gradient);
  }

  /** Returns the classes of the largest logits in falling order, fewer where there are no more. */
  private static int[] largest(float[] logits, int wanted) {
    int[] places = new int[Math.min(wanted, logits.length)];
    for (int k = 0; k < logits.length; k++) {
      int place = Math.min(k, places.length);
      while (place > 0 && logits[k] > logits[places[place - 1]]) {
        if (place < places.length) {
          places[place] = places[place - 1];
        }
        place--;
      }
      if (place < places.length) {
        places[place] = k;
      }
    }
    return places;
  }
}
