package io.hone.onnx.batchaxis;

/** Says which node stops images from being followed through a graph, and why. */
final class BatchObstacle extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean mixing;

  /**
   * Creates an obstacle.
   *
   * @param mixing whether the node certainly lets images influence each other
   */
  BatchObstacle(String message, boolean mixing) {
    super(message);
    this.mixing = mixing;
  }

  boolean isMixing() {
    return mixing;
  }
}
