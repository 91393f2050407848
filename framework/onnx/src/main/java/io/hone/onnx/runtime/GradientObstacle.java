package io.hone.onnx.runtime;

import io.hone.api.model.ModelCard;
import io.hone.onnx.gradient.AttackLoss;
import io.hone.onnx.gradient.Coverage;
import io.hone.onnx.gradient.UncoveredOperatorException;
import io.hone.onnx.graph.OnnxFormatException;
import io.hone.onnx.opset.OpsetException;
import java.util.Optional;
import java.util.stream.Collectors;

/** Tells why a model gives no gradients. */
final class GradientObstacle {
  private GradientObstacle() {}

  /**
   * Returns what stands in the way of a model's gradients, and what to do about it, if anything.
   */
  static Optional<String> of(ModelCard card, PreparedModel model) {
    try {
      Coverage coverage = Coverage.of(model.graph(), model.images(), model.result());
      if (!coverage.isDifferentiable()) {
        return Optional.of(message(card, operators(coverage)));
      }
      // A rule may refuse a node for its attributes; only building the graph tells.
      GradientPass.graph(model, AttackLoss.cotangent());
      return Optional.empty();
    } catch (UncoveredOperatorException | OpsetException | OnnxFormatException refused) {
      return Optional.of(message(card, refused.getMessage()));
    }
  }

  private static String operators(Coverage coverage) {
    return coverage.operators().stream()
        .filter(Coverage.Entry::blocks)
        .map(entry -> entry.operator() + " (node " + String.join(", ", entry.nodes()) + ")")
        .collect(Collectors.joining(", ", "Hone cannot differentiate ", ""));
  }

  private static String message(ModelCard card, String reason) {
    return card.file()
        + ": the model gives no gradients: "
        + reason
        + ". Attacks that need only labels or scores still work ('hone list attack' tells which);"
        + " or export the model without what is named here";
  }
}
