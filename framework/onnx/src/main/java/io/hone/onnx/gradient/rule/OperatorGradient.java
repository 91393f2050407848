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
 * @param approximation what the rule takes in place of the true slope, for the user to read, such
 *     as {@code straight-through}; empty where the rule is exact
 */
public record OperatorGradient(
    String operator, Predicate<Node> carries, Rule rule, String approximation) {
  /** How gradients pass through a node, from its outputs to its inputs. */
  @FunctionalInterface
  public interface Rule {
    /** Adds the operators of the backward pass, and what each wanted input receives. */
    void differentiate(BackwardStep step);
  }

  private static final Predicate<Node> NEVER = node -> false;

  /** Returns the gradient of an operator that always carries gradients. */
  public static OperatorGradient of(String operator, Rule rule) {
    return new OperatorGradient(operator, node -> true, rule, "");
  }

  /**
   * Returns the gradient of an operator whose output never changes with small changes of its input:
   * comparisons, shapes, indices, roundings.
   */
  public static OperatorGradient zero(String operator) {
    return new OperatorGradient(
        operator,
        NEVER,
        step -> {
          throw step.refuse("it carries no gradient");
        },
        "");
  }

  /** Returns the same for an operator of which only some nodes carry gradients. */
  public OperatorGradient onlyIf(Predicate<Node> condition) {
    return new OperatorGradient(operator, condition, rule, approximation);
  }

  /**
   * Returns the same as an approximation: such an operator carries gradients even where it rounds,
   * through integers too, and is reported to the user.
   *
   * @param text what is taken in place of the true slope
   */
  public OperatorGradient approximating(String text) {
    return new OperatorGradient(operator, carries, rule, text);
  }

  /** Returns whether no node of the operator ever passes a gradient on. */
  public boolean isZero() {
    return carries == NEVER;
  }

  /** Returns whether the rule takes something else in place of the true slope. */
  public boolean isApproximate() {
    return !approximation.isEmpty();
  }
}
