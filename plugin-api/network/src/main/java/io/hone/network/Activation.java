package io.hone.network;

import io.hone.api.stability.Stability;

/** What a layer applies to each of its outputs. */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
public enum Activation {
  /** Nothing. */
  NONE,
  /** {@code max(0, x)}. */
  RELU,
  /** {@code 1 / (1 + exp(-x))}. */
  SIGMOID,
  /** The hyperbolic tangent. */
  TANH
}
