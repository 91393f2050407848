package io.hone.onnx.batchaxis;

/** Follows images through one operator: where they are in what it writes, and how to write it. */
@FunctionalInterface
interface RowRule {
  /**
   * Emits the node in a form that takes any number of images, and tells where they are.
   *
   * @throws BatchObstacle if they cannot be followed
   */
  void follow(BatchStep step);
}
