package io.hone.plugins.improvers.order;

/** What is restored as a whole. */
public enum Unit {
  /** One channel at one place. */
  FEATURE,
  /** All channels at one place. */
  PIXEL
}
