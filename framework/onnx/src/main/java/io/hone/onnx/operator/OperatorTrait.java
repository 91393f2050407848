package io.hone.onnx.operator;

import io.hone.onnx.graph.Node;
import java.util.Set;

/**
 * One thing that is true of some operators. {@link OperatorTraits} tells which operator has which.
 */
public enum OperatorTrait {
  /** Computes each number from the number at the same place of its first input. */
  ELEMENTWISE,
  /** Computes each number from those at the same place of all inputs, broadcast to one shape. */
  BROADCASTING,
  /** Brings together what is along {@code axes}. */
  REDUCING,
  /** Returns the shape of its first input, though not each number is computed by itself. */
  KEEPS_SHAPE,
  /** Takes the first axis for the batch, and treats each image by itself. */
  BATCH_FIRST,
  /** Moves the numbers of its first input and looks at none; further inputs tell where to. */
  MOVES,
  /** Puts all its inputs together and looks at no number. */
  JOINS,
  /** Returns its first input in another shape; ONNX Runtime makes no copy. */
  VIEWS,
  /** May write over an input of the same size that nothing else needs, in ONNX Runtime. */
  OVERWRITES,
  /** Sums up windows of an image that {@code ceil_mode} may round up. */
  POOLS,
  /** Its further outputs tell the places of the first, as 64-bit integers. */
  FINDS_PLACES,
  /** Looks at the shape of its input alone. */
  MEASURES,
  /** Returns truth values. */
  GIVES_TRUTHS,
  /** Returns 64-bit integers. */
  GIVES_INDICES,
  /** Returns what has no element type of its own, or types that only its subgraphs tell. */
  UNTYPED,
  /** Where a {@code Where} discards its result, the slopes of its inputs do not count either. */
  DISCARDED_WITH_RESULT,
  /**
   * Rounds by the place in memory. Measured with ONNX Runtime 1.28: the other functions round alike
   * everywhere.
   */
  ROUNDED_BY_PLACE,
  /**
   * Draws random numbers. A seed fixes the sequence of a session, not what the second run draws.
   */
  DRAWS,
  /** Draws what it drops while the model is being trained; also of ONNX Runtime's own domain. */
  DROPS,
  /** Has no equal in the opset that the library works in. */
  NEWER;

  /** Returns whether the operator of a node is of ONNX's own domain and has this trait. */
  public boolean isOf(Node node) {
    return node.domain().isEmpty() && isOf(node.operator());
  }

  /** Returns whether an operator has this trait, whatever its domain. */
  public boolean isOf(String operator) {
    return OperatorTraits.of(operator).contains(this);
  }

  /** Returns the names of the operators that have this trait, in alphabetical order. */
  public Set<String> operators() {
    return OperatorTraits.with(this);
  }
}
