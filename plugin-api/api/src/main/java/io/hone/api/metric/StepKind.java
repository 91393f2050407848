package io.hone.api.metric;

/** What a step of a scenario does. */
public enum StepKind {
  /** The reserved step {@code clean}: the data set's images. */
  CLEAN,
  /** Looks for adversarial examples. */
  ATTACK,
  /** Removes redundant perturbation. */
  IMPROVE,
  /** Undoes an attack. */
  DEFEND
}
