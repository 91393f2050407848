package io.hone.onnx.training.loss;

/**
 * Binary cross-entropy of what a sigmoid receives and targets from 0 to 1 of the same shape, a mean
 * over the elements of an example.
 *
 * @param value what the sigmoid receives, so that the loss stays finite
 * @param balanced whether the elements of a shard whose target is 1 weigh as much, taken together,
 *     as those whose target is 0
 */
public record BinaryCrossEntropy(String name, String value, float weight, boolean balanced)
    implements LossPart {
  /** Returns the part with weight 1, all elements alike. */
  public static BinaryCrossEntropy of(String beforeSigmoid) {
    return new BinaryCrossEntropy("binary-cross-entropy", beforeSigmoid, 1, false);
  }
}
