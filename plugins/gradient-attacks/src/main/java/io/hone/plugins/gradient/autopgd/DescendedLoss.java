package io.hone.plugins.gradient.autopgd;

import io.hone.api.model.Loss;
import java.util.Optional;

/** What Auto-PGD descends. */
public enum DescendedLoss {
  /** Cross-entropy, whose gradient vanishes where the model is too sure. */
  CROSS_ENTROPY,
  /** The difference of logits ratio, which no scale of the logits changes. */
  DLR,
  /** The difference of logits ratio toward several classes, one after the other. */
  TARGETED_DLR,
  /** The difference of the two logits that decide. */
  MARGIN,
  /** The difference of the two probabilities that decide. */
  PROBABILITY_MARGIN;

  /**
   * Returns whether classes are tried one after the other: the goal names none, and the loss needs
   * one.
   */
  boolean triesClasses(boolean targeted) {
    return this == TARGETED_DLR && !targeted;
  }

  /**
   * Returns the loss.
   *
   * @param targeted whether the goal names a class
   */
  Loss loss(boolean targeted) {
    return switch (this) {
      case CROSS_ENTROPY -> Loss.crossEntropy(targeted);
      case DLR -> Loss.dlr(targeted);
      case TARGETED_DLR -> Loss.dlr(true);
      case MARGIN -> Loss.margin(targeted, Float.POSITIVE_INFINITY);
      case PROBABILITY_MARGIN -> Loss.probabilityMargin(targeted);
    };
  }

  /**
   * Returns what the loss becomes on a model of few classes, in words for the user; empty where it
   * is what its name says.
   */
  Optional<String> substitute(int classes, boolean targeted) {
    if (this != DLR && this != TARGETED_DLR) {
      return Optional.empty();
    }
    if (classes < 3) {
      return Optional.of("the margin between two logits, because the ratio needs a third class");
    }
    boolean fourth = loss(targeted).targeted() && classes == 3;
    return fourth
        ? Optional.of(
            "divided by the largest logit less the third, because there is no fourth class")
        : Optional.empty();
  }
}
