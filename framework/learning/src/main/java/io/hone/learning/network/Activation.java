package io.hone.learning.network;

/** What a layer applies to each of its outputs. */
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
