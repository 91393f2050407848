package io.hone.onnx.training.update;

/**
 * How weights follow their gradients in a training.
 *
 * @param optimizer the rule
 * @param decay weight decay of kernels, matrices and embeddings, at least 0; other weights have
 *     none. It is added to the gradient as {@code decay w}, or taken off the weight as {@code rate
 *     decay w} where the optimiser is decoupled
 * @param largestNorm the L2 norm over all weights that gradients are scaled down to where theirs is
 *     larger; infinity leaves them as they are (Pascanu et al. 2013, algorithm 1)
 */
public record UpdateRules(Optimizer optimizer, float decay, float largestNorm) {
  /** Checks the numbers. */
  public UpdateRules {
    if (!(decay >= 0 && Float.isFinite(decay))) {
      throw new IllegalArgumentException("weight decay is at least 0, not " + decay);
    }
    if (!(largestNorm > 0)) {
      throw new IllegalArgumentException(
          "gradients are scaled down to a norm above 0, not " + largestNorm);
    }
  }

  /** Returns the rules of an optimiser alone. */
  public static UpdateRules of(Optimizer optimizer) {
    return new UpdateRules(optimizer, 0, Float.POSITIVE_INFINITY);
  }

  /** Returns the same with weight decay. */
  public UpdateRules decaying(float share) {
    return new UpdateRules(optimizer, share, largestNorm);
  }

  /** Returns the same with gradients of a bounded norm. */
  public UpdateRules clipped(float norm) {
    return new UpdateRules(optimizer, decay, norm);
  }

  boolean clips() {
    return largestNorm < Float.POSITIVE_INFINITY;
  }
}
