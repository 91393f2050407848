package io.hone.onnx.training.loss;

/**
 * The gradient of some loss outside the graph to a value, fed in the shape of the value: what a
 * discriminator or an attacked model answers.
 *
 * <p>Its figure is the sum over an example of the value times that gradient. Its gradients to the
 * weights are those of the loss outside.
 */
public record OutsideGradient(String name, String value, float weight) implements LossPart {
  /** Returns the part with weight 1. */
  public static OutsideGradient of(String value) {
    return new OutsideGradient("outside", value, 1);
  }
}
