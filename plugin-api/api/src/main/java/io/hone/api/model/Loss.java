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
}
