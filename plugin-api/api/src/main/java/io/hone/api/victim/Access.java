package io.hone.api.victim;

import io.hone.api.stability.Stability;

/** What an attack or improver needs to see of its victim, from least to most. */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public enum Access {
  /** Predicted classes only. */
  LABELS,
  /** Logits too. */
  SCORES,
  /** Gradients too. */
  GRADIENTS;

  /** Returns whether a victim that offers this also offers {@code needed}. */
  public boolean covers(Access needed) {
    return compareTo(needed) >= 0;
  }
}
