package io.hone.learning.engine;

import io.hone.api.data.Tensor;

/** What a network should return for the images of a batch. */
public sealed interface Targets {
  /**
   * True classes.
   *
   * @param classes of each image, from 0
   */
  record Classes(int[] classes) implements Targets {}

  /**
   * Numbers in the shape of the output, such as clean images, or a gradient.
   *
   * @param values one row for each image
   */
  record Values(Tensor values) implements Targets {}
}
