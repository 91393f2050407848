package io.hone.api.model;

import io.hone.api.stability.Stability;

/**
 * An attacker's loss of the logits: always lower where the goal is nearer, so attacks descend it.
 *
 * <p>Each is defined per image, with the class {@code c} that {@code Batch.goalClasses()} names:
 * the target of a targeted goal, the label of an untargeted one.
 */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public sealed interface Loss {
  /** Returns whether {@code c} is wanted (true) or unwanted (false). */
  boolean targeted();

  /** Returns cross-entropy for the given goal. */
  static Loss crossEntropy(boolean targeted) {
    return new CrossEntropy(targeted);
  }

  /** Returns Carlini's margin for the given goal and confidence. */
  static Loss margin(boolean targeted, float confidence) {
    return new Margin(targeted, confidence);
  }

  /** Returns the difference of logits ratio for the given goal. */
  static Loss dlr(boolean targeted) {
    return new DifferenceOfLogitsRatio(targeted);
  }

  /** Returns the margin between probabilities for the given goal. */
  static Loss probabilityMargin(boolean targeted) {
    return new ProbabilityMargin(targeted);
  }

  /**
   * {@code -log softmax(z)[c]} where {@code c} is wanted, {@code +log softmax(z)[c]} where it is
   * not.
   *
   * @param targeted whether {@code c} is wanted
   */
  record CrossEntropy(boolean targeted) implements Loss {}

  /**
   * Carlini and Wagner's f6: {@code max(m, -confidence)} with {@code m = max over i != c of z[i] -
   * z[c]} where {@code c} is wanted, and the same with {@code -m} where it is not; 0 where there is
   * no other class.
   *
   * @param targeted whether {@code c} is wanted
   * @param confidence kappa, at least 0; infinity for the plain margin
   */
  record Margin(boolean targeted, float confidence) implements Loss {
    /** Checks the confidence. */
    public Margin {
      if (!(confidence >= 0)) {
        throw new IllegalArgumentException("confidence must be at least 0, not " + confidence);
      }
    }
  }

  /**
   * The plain margin divided by a spread of the logits, so that neither a factor nor an addend of
   * all logits changes it (Croce and Hein 2020, section 4).
   *
   * <p>With {@code pi1 >= pi2 >= ..} for the sorted logits, the loss is {@code (z[c] - max over i
   * != c of z[i]) / (pi1 - pi3 + 1e-12)} where {@code c} is not wanted, and {@code (max over i != c
   * of z[i] - z[c]) / (pi1 - (pi3 + pi4) / 2 + 1e-12)} where it is. The authors subtract from the
   * logit of the label where a class is wanted. Both are equal as long as the model gives the image
   * its label.
   *
   * <p>A wanted class among 3 is divided by {@code pi1 - pi3}. With 2 classes no spread is left,
   * and the loss is the plain margin; with 1 class it is 0. The gradient includes that of the
   * spread. Of equal logits the class with the lower index comes first.
   *
   * @param targeted whether {@code c} is wanted
   */
  record DifferenceOfLogitsRatio(boolean targeted) implements Loss {
    /** What is added to the spread, which is 0 where the largest logits are equal. */
    public static final double SMALLEST_SPREAD = 1e-12;
  }

  /**
   * The plain margin between probabilities: with {@code p = softmax(z)}, {@code max over i != c of
   * p[i] - p[c]} where {@code c} is wanted, and {@code p[c] - max over i != c of p[i]} where it is
   * not; 0 where there is no other class (the loss of the probability margin attack, PMA, CVPR
   * 2025).
   *
   * @param targeted whether {@code c} is wanted
   */
  record ProbabilityMargin(boolean targeted) implements Loss {}
}
