package io.hone.api.victim;

/** What an attack or improver needs to see of its victim, from least to most. */
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
