package io.hone.onnx.gradient.rule;

import io.hone.onnx.graph.Node;
import java.util.function.Predicate;

/**
 * The gradient of one operator of ONNX's own domain, in the form it has at opset 18.
 *
 * @param operator such as {@code Conv}
 * @param carries whether a node of it passes gradients on at all: what it writes is a constant to
 *     differentiation where it does not
 * @param rule how it passes them on
 */
public record OperatorGradient(String operator, Predicate<Node> carries, Rule rule) {
  /** How gradients pass through a node, from its outputs to its inputs. */
  @FunctionalInterface
  public interface Rule {
    /** Adds the operators of the backward pass, and what each wanted input receives. */
    void differentiate(BackwardStep step);
  }

  /** Returns the gradient of an operator that always carries gradients. */
  public static OperatorGradient of(String operator, Rule rule) {
    return new OperatorGradient(operator, node -> true, rule);
  }

  /**
   * Returns the gradient of an operator whose output never changes with small changes of its input:
   * comparisons, shapes, indices, roundings.
   */
  public static OperatorGradient zero(String operator) {
    return new OperatorGradient(
        operator,
        node -> false,
        step -> {
          throw step.refuse("it carries no gradient");
        });
  }

  /** Returns the same for an operator of which only some nodes carry gradients. */
  public OperatorGradient onlyIf(Predicate<Node> condition) {
    return new OperatorGradient(operator, condition, rule);
  }
}
