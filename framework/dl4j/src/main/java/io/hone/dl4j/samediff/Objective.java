package io.hone.dl4j.samediff;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** What a training makes small, as a mean over the examples of a batch. */
public enum Objective {
  /** {@code -log softmax(z)[class]}; targets are one-hot, the network ends in logits. */
  SOFTMAX_CROSS_ENTROPY {
    @Override
    SDVariable loss(SameDiff graph, SDVariable raw, SDVariable output, SDVariable target) {
      return graph.nn().logSoftmax(raw).mul(target).sum(1).neg().mean();
    }
  },
  /**
   * Binary cross-entropy, a mean over the features: equation 9 of Nguyen et al. (Method for
   * Improving Quality of Adversarial Examples). Computed from what the network's last sigmoid
   * receives, so that it stays finite.
   */
  BINARY_CROSS_ENTROPY {
    @Override
    SDVariable loss(SameDiff graph, SDVariable raw, SDVariable output, SDVariable target) {
      return crossEntropies(graph, raw, target).mean();
    }
  },
  /**
   * Binary cross-entropy in which the features of a batch whose target is 1 weigh as much, taken
   * together, as those whose target is 0. Where nearly all targets are 1, an output of 0.93 is
   * otherwise a low one.
   */
  BALANCED_BINARY_CROSS_ENTROPY {
    @Override
    SDVariable loss(SameDiff graph, SDVariable raw, SDVariable output, SDVariable target) {
      SDVariable ones = target.mean().add(RAREST);
      SDVariable zeros = ones.neg().add(1 + 2 * RAREST);
      SDVariable weights = target.div(ones).add(target.neg().add(1).div(zeros)).mul(0.5);
      return crossEntropies(graph, raw, target).mul(weights).mean();
    }
  },
  /** The mean over the features of {@code (output - target)^2}. */
  MEAN_SQUARED_ERROR {
    @Override
    SDVariable loss(SameDiff graph, SDVariable raw, SDVariable output, SDVariable target) {
      return graph.math().square(output.sub(target)).mean();
    }
  },
  /**
   * The sum over the features of {@code output * target}. With the gradient of any loss to the
   * output as target, this has that loss's own gradient to every weight: a network learns from what
   * is outside its graph.
   */
  GIVEN_GRADIENT {
    @Override
    SDVariable loss(SameDiff graph, SDVariable raw, SDVariable output, SDVariable target) {
      return output.mul(target).sum(1, 2, 3).mean();
    }
  };

  /** Bounds the weights of a batch whose targets are nearly all alike. */
  private static final double RAREST = 1e-3;

  private static SDVariable crossEntropies(SameDiff graph, SDVariable raw, SDVariable target) {
    // max(z, 0) - z t + log(1 + exp(-|z|)), the form without overflow.
    SDVariable tail = graph.math().log(graph.math().exp(graph.math().abs(raw).neg()).add(1));
    return graph.nn().relu(raw, 0).sub(raw.mul(target)).add(tail);
  }

  /**
   * Adds the loss to a graph.
   *
   * @param raw what the last activation receives
   * @param output what it returns
   */
  abstract SDVariable loss(SameDiff graph, SDVariable raw, SDVariable output, SDVariable target);
}
