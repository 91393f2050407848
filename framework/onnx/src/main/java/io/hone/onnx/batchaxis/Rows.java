package io.hone.onnx.batchaxis;

import io.hone.onnx.graph.Dimension;

/**
 * Where the images of a batch are in a value: along one axis, which reshaping may have merged with
 * others. Index {@code (o * images + image) * inner + i} of the axis belongs to {@code image}, for
 * {@code o < outer} and {@code i < inner}, and what is there depends on that image alone.
 *
 * @param axis of the value, counted from 0
 * @param outer how many blocks of images follow each other
 * @param inner how many indices each image has in a block
 */
record Rows(int axis, Dimension outer, Dimension inner) {
  private static final Dimension ONE = Dimension.of(1);

  /** Returns an axis that is the batch and nothing else. */
  static Rows plain(int axis) {
    return new Rows(axis, ONE, ONE);
  }

  /** Returns whether the axis is the batch and nothing else. */
  boolean isPlain() {
    return outer.equals(ONE) && inner.equals(ONE);
  }

  /** Returns the same along another axis. */
  Rows at(int other) {
    return new Rows(other, outer, inner);
  }

  /** Returns whether images are along both axes in the same way. */
  boolean matches(Rows other) {
    return outer.equals(other.outer) && inner.equals(other.inner);
  }

  /** Returns the size of the axis. */
  Dimension size(Dimension images) {
    return outer.times(images).times(inner);
  }
}
