package io.hone.plugins.optimization.cw;

/**
 * The functions f1 to f7 that say how far an image is from the goal: the lower, the nearer.
 *
 * <p>{@code F} are probabilities, {@code Z} logits, {@code t} the target, {@code kappa} the
 * confidence. Without a target the roles swap: {@code F_t} becomes {@code 1 - F_y} of the label
 * {@code y}, and differences are of {@code y} and its largest rival. f1 and f5 are misprinted in
 * the literature; as they are here their gradients are equal. Whether an image is adversarial is
 * never read from these functions.
 */
public enum GoalFunction {
  /** {@code -log(F_t) - 1}. */
  F1(Slope.CROSS_ENTROPY) {
    @Override
    double value(Standing standing, double kappa) {
      return softplus(standing.logOdds()) - 1;
    }

    @Override
    double factor(Standing standing, double kappa, boolean targeted) {
      return targeted ? 1 : StrictMath.exp(standing.logOdds());
    }
  },
  /** {@code max(0, max over i != t of F_i - F_t)}; two queries an iteration. */
  F2(Slope.PROBABILITY_MARGIN) {
    @Override
    double value(Standing standing, double kappa) {
      return Math.max(0, standing.probabilityMargin());
    }

    @Override
    double factor(Standing standing, double kappa, boolean targeted) {
      return standing.probabilityMargin() > 0 ? 1 : 0;
    }
  },
  /** {@code softplus(max over i != t of F_i - F_t) - log 2}; two queries an iteration. */
  F3(Slope.PROBABILITY_MARGIN) {
    @Override
    double value(Standing standing, double kappa) {
      return softplus(standing.probabilityMargin()) - LOG_2;
    }

    @Override
    double factor(Standing standing, double kappa, boolean targeted) {
      return sigmoid(standing.probabilityMargin());
    }
  },
  /** {@code max(0, 0.5 - F_t)}. */
  F4(Slope.CROSS_ENTROPY) {
    @Override
    double value(Standing standing, double kappa) {
      return Math.max(0, 0.5 - sigmoid(-standing.logOdds()));
    }

    @Override
    double factor(Standing standing, double kappa, boolean targeted) {
      double odds = standing.logOdds();
      return odds > 0 ? sigmoid(targeted ? -odds : odds) : 0;
    }
  },
  /** {@code -log(2 F_t)}. */
  F5(Slope.CROSS_ENTROPY) {
    @Override
    double value(Standing standing, double kappa) {
      return softplus(standing.logOdds()) - LOG_2;
    }

    @Override
    double factor(Standing standing, double kappa, boolean targeted) {
      return F1.factor(standing, kappa, targeted);
    }
  },
  /** {@code max(0, max over i != t of Z_i - Z_t + kappa)}. */
  F6(Slope.MARGIN) {
    @Override
    double value(Standing standing, double kappa) {
      return Math.max(0, standing.margin() + kappa);
    }

    @Override
    double factor(Standing standing, double kappa, boolean targeted) {
      return standing.margin() > -kappa ? 1 : 0;
    }
  },
  /** {@code softplus(max over i != t of Z_i - Z_t + kappa) - log 2}. */
  F7(Slope.MARGIN) {
    @Override
    double value(Standing standing, double kappa) {
      return softplus(standing.margin() + kappa) - LOG_2;
    }

    @Override
    double factor(Standing standing, double kappa, boolean targeted) {
      return sigmoid(standing.margin() + kappa);
    }
  };

  /** What the victim is asked to differentiate; a function's gradient is a multiple of it. */
  enum Slope {
    /** {@code Loss.crossEntropy}. */
    CROSS_ENTROPY,
    /** The plain {@code Loss.margin}. */
    MARGIN,
    /** The margin of probabilities. */
    PROBABILITY_MARGIN
  }

  private static final double LOG_2 = StrictMath.log(2);

  private final Slope slope;

  GoalFunction(Slope slope) {
    this.slope = slope;
  }

  /** Returns what the victim is asked to differentiate. */
  Slope slope() {
    return slope;
  }

  /** Returns whether a confidence above 0 has a meaning. */
  boolean knowsConfidence() {
    return slope == Slope.MARGIN;
  }

  /** Returns the function's value. */
  abstract double value(Standing standing, double kappa);

  /** Returns how often the gradient of {@link #slope} makes the gradient of this function. */
  abstract double factor(Standing standing, double kappa, boolean targeted);

  /** Returns {@code log(1 + exp(x))}. */
  static double softplus(double x) {
    return Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
  }

  /** Returns {@code 1 / (1 + exp(-x))}. */
  static double sigmoid(double x) {
    return 1 / (1 + StrictMath.exp(-x));
  }
}
