package io.hone.onnx.training.loss;

/**
 * A part of what a training makes small. The loss of a training is the sum of its parts, each times
 * its weight.
 *
 * <p>A part is computed of a value of the network, named as in its graph, with one row for each
 * example. It is a mean over the examples of a batch.
 */
public sealed interface LossPart
    permits BinaryCrossEntropy, CrossEntropy, ElementDistance, OutsideGradient {
  /** Returns what the part is called, such as {@code cross-entropy}; unique in a training. */
  String name();

  /** Returns the value of the network that the part is computed of. */
  String value();

  /** Returns what the part is multiplied by. */
  float weight();
}
