package io.hone.plugins.improvers.order;

import io.hone.api.data.ImageShape;

/** What is restored as a whole. */
public enum Unit {
  /** One channel at one place. */
  FEATURE,
  /** All channels at one place. */
  PIXEL;

  /** Returns how many there are in an image. */
  public long count(ImageShape shape) {
    return this == PIXEL ? shape.pixels() : shape.features();
  }
}
