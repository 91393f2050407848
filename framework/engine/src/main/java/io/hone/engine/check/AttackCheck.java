package io.hone.engine.check;

/** A check that looks at one attack on the data set's own images. */
public non-sealed interface AttackCheck extends SelfCheck {
  /** Looks at an attack on a model that classifies at least one sample correctly. */
  Finding look(CheckedAttack attack);
}
