package io.hone.onnx.gradient;

import io.hone.onnx.canonical.CanonicalForm;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Value;
import java.util.Optional;
import java.util.Set;

/** Finds the logits of a classifier whose output may be probabilities. */
public final class LogitsFinder {
  /** What may stand between the softmax and the output without changing a number. */
  private static final Set<String> PASSING =
      Set.of("Identity", "Dropout", "Reshape", "Flatten", "Squeeze", "Unsqueeze", "Cast");

  private LogitsFinder() {}

  /**
   * Walks back from an output to the softmax it ends in.
   *
   * @return the value before a Softmax or LogSoftmax at the end, or else the output itself: where
   *     that holds probabilities, {@link io.hone.onnx.graph.ModelWrapping#logarithmOf} makes logits
   *     of them
   */
  public static LogitsSource find(OnnxModel model, String output) {
    return ending(model, output, Set.of("Softmax", "LogSoftmax"))
        .map(node -> new LogitsSource(node.input(0).name(), LogitsSource.Kind.BEFORE_SOFTMAX))
        .orElseGet(() -> new LogitsSource(output, LogitsSource.Kind.OUTPUT));
  }

  /**
   * Walks back from an output over what changes no number, and returns the node found there if it
   * is one of the given operators. The node is one of the model's canonical form.
   */
  public static Optional<Node> ending(OnnxModel given, String output, Set<String> operators) {
    OnnxModel model = CanonicalForm.of(given).model();
    Optional<Node> node = model.producer(new Value(output));
    while (node.isPresent()) {
      Node current = node.get();
      if (!current.domain().isEmpty()) {
        return Optional.empty();
      }
      if (operators.contains(current.operator())) {
        return node;
      }
      if (!PASSING.contains(current.operator())) {
        return Optional.empty();
      }
      node = model.producer(current.input(0));
    }
    return Optional.empty();
  }
}
