package io.hone.onnx.training.update;

import java.util.List;
import java.util.Map;

/**
 * What the graph of an update takes and gives.
 *
 * @param rules that it follows
 * @param gradients by the name of each weight the inputs that take its gradients, in the order in
 *     which they are added up; empty lists where the graph computes the gradient itself
 * @param tensors weights and what the optimiser keeps of them
 * @param norm output {@code [1]}: the L2 norm of the gradients of all weights before they are
 *     scaled down
 */
public record UpdatePorts(
    UpdateRules rules, Map<String, List<String>> gradients, List<TensorPort> tensors, String norm) {
  /** Copies the collections. */
  public UpdatePorts {
    gradients = Map.copyOf(gradients);
    tensors = List.copyOf(tensors);
  }
}
