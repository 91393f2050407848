package io.hone.plugins.optimization.cw;

/** How far an image is from an attacker's goal, read from its logits. */
final class Standing {
  private final boolean targeted;
  private final float[] logits;
  private int goalClass;
  private int rival;

  Standing(boolean targeted, int classes) {
    this.targeted = targeted;
    this.logits = new float[classes];
  }

  /** Returns the array that the next image's logits are read into. */
  float[] logits() {
    return logits;
  }

  /** Looks at the logits anew. */
  void read(int wantedOrUnwanted) {
    goalClass = wantedOrUnwanted;
    rival = -1;
    for (int index = 0; index < logits.length; index++) {
      if (index != goalClass && (rival < 0 || logits[index] > logits[rival])) {
        rival = index;
      }
    }
  }

  /** Returns the largest logit that is in the way, less the largest that helps. */
  double margin() {
    if (rival < 0) {
      return targeted ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    double margin = (double) logits[rival] - logits[goalClass];
    return targeted ? margin : -margin;
  }

  /** Returns {@code u} where the goal has the probability {@code 1 / (1 + exp(u))}. */
  double logOdds() {
    if (rival < 0) {
      return margin();
    }
    double sum = 0;
    for (int index = 0; index < logits.length; index++) {
      if (index != goalClass) {
        sum += StrictMath.exp((double) logits[index] - logits[rival]);
      }
    }
    double others = logits[rival] + StrictMath.log(sum);
    return targeted ? others - logits[goalClass] : logits[goalClass] - others;
  }

  /** Returns the largest probability that is in the way, less the largest that helps. */
  double probabilityMargin() {
    if (rival < 0) {
      return targeted ? -1 : 1;
    }
    double sum = sumOfExponentials();
    double margin = probability(rival, sum) - probability(goalClass, sum);
    return targeted ? margin : -margin;
  }

  /** Writes the gradient of {@link #probabilityMargin} to the logits. */
  void writeProbabilityCotangent(float[] into) {
    if (rival < 0) {
      into[0] = 0;
      return;
    }
    double sign = targeted ? 1 : -1;
    double sum = sumOfExponentials();
    double plus = sign * probability(rival, sum);
    double minus = sign * probability(goalClass, sum);
    for (int index = 0; index < logits.length; index++) {
      into[index] = (float) ((minus - plus) * probability(index, sum));
    }
    into[rival] += (float) plus;
    into[goalClass] -= (float) minus;
  }

  private double probability(int index, double sum) {
    return StrictMath.exp(logits[index] - largest()) / sum;
  }

  /** Returns what every exponential is divided by; that of the largest logit is 1. */
  private double sumOfExponentials() {
    double largest = largest();
    double sum = 0;
    for (float logit : logits) {
      sum += StrictMath.exp(logit - largest);
    }
    return sum;
  }

  private double largest() {
    return Math.max(logits[rival], logits[goalClass]);
  }
}
