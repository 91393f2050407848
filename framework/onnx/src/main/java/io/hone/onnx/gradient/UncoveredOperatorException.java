package io.hone.onnx.gradient;

/**
 * Says that an operator between input and logits cannot be differentiated; the message names the
 * operator, its version, the node and what to do.
 */
public class UncoveredOperatorException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String operator;
  private final String node;

  /** Creates an error about one node. */
  public UncoveredOperatorException(String operator, String node, String message) {
    super(message);
    this.operator = operator;
    this.node = node;
  }

  /** Returns the operator, with its domain where that is not ONNX's own. */
  public String operator() {
    return operator;
  }

  /** Returns the node's name, or the name of its first output where it has none. */
  public String node() {
    return node;
  }
}
