package io.hone.onnx.training.update;

import io.hone.onnx.graph.Shape;

/**
 * A tensor that a step takes as it is and returns as it becomes.
 *
 * @param weight the weight that it is, or belongs to
 * @param state empty for the weight itself, else what the optimiser calls it
 * @param shape of fixed sizes
 * @param input its name before the step
 * @param output its name after the step
 */
public record TensorPort(String weight, String state, Shape shape, String input, String output) {
  /** Returns whether the tensor is the weight itself. */
  public boolean isWeight() {
    return state.isEmpty();
  }
}
