package io.hone.plugins.improvers.order;

/** What is ranked anew, by gradients at the image confirmed last, after a group was restored. */
public enum Rerank {
  /** Nothing: the order stays what it was at the start. */
  NEVER,
  /** The units that are left. */
  LEFT,
  /**
   * All units, restored ones too: one that was restored may change places with one that was not.
   */
  ALL
}
