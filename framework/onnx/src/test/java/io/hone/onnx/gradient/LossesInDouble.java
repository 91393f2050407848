package io.hone.onnx.gradient;

import java.util.Arrays;

/** Losses of logits written out in double, without gradients. */
final class LossesInDouble {
  private LossesInDouble() {}

  static double ratio(boolean targeted, double[] z, int c) {
    double margin = margin(targeted, z, c);
    double[] rising = z.clone();
    Arrays.sort(rising);
    int last = z.length - 1;
    return switch (z.length) {
      case 2 -> margin;
      case 3 -> margin / (rising[2] - rising[0]);
      default -> {
        double lower = targeted ? (rising[last - 2] + rising[last - 3]) / 2 : rising[last - 2];
        yield margin / (rising[last] - lower);
      }
    };
  }

  static double probabilityMargin(boolean targeted, double[] z, int c) {
    double sum = Arrays.stream(z).map(Math::exp).sum();
    return margin(targeted, Arrays.stream(z).map(score -> Math.exp(score) / sum).toArray(), c);
  }

  private static double margin(boolean targeted, double[] z, int c) {
    double rival = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < z.length; k++) {
      rival = k == c ? rival : Math.max(rival, z[k]);
    }
    return targeted ? rival - z[c] : z[c] - rival;
  }
}
