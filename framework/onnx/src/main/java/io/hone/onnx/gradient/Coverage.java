package io.hone.onnx.gradient;

import io.hone.onnx.graph.OnnxModel;
import java.util.List;

/**
 * Which operators of a model have a gradient, and which need one.
 *
 * @param operators one entry per operator, in order of first use
 */
public record Coverage(List<Entry> operators) {
  /** Copies the list. */
  public Coverage {
    operators = List.copyOf(operators);
  }

  /**
   * Looks at a model before anything runs.
   *
   * @param input the input to differentiate
   * @param logits the value that holds the logits
   */
  public static Coverage of(OnnxModel model, String input, String logits) {
    throw new UnsupportedOperationException(model.name() + input + logits);
  }

  /** Returns whether the gradient of the logits to the input can be built. */
  public boolean isDifferentiable() {
    return operators.stream().noneMatch(Entry::blocks);
  }

  /**
   * One operator of a model.
   *
   * @param operator with its domain where that is not ONNX's own
   * @param count nodes in the model
   * @param onPath nodes through which the input reaches the logits
   * @param differentiable whether the operator has a gradient, zero gradients included
   * @param nodes names of the nodes on the path; of those off the path where none is on it
   */
  public record Entry(
      String operator, int count, int onPath, boolean differentiable, List<String> nodes) {
    /** Copies the list. */
    public Entry {
      nodes = List.copyOf(nodes);
    }

    /** Returns whether this operator stands in the way of a gradient. */
    public boolean blocks() {
      return onPath > 0 && !differentiable;
    }
  }
}
