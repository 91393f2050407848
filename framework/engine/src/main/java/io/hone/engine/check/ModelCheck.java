package io.hone.engine.check;

/** A check that looks at a model, whatever attacks it. */
public non-sealed interface ModelCheck extends SelfCheck {
  /** Looks at a model that classifies at least one sample correctly. */
  Finding look(CheckedModel model);
}
