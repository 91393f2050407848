package io.hone.onnxruntime;

import io.hone.api.model.ModelCard;
import io.hone.onnx.gradient.AttackLoss;
import io.hone.onnx.gradient.Coverage;
import io.hone.onnx.gradient.UncoveredOperatorException;
import io.hone.onnx.graph.OnnxFormatException;
import io.hone.onnx.opset.OpsetException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Tells why a model gives no gradients. */
final class GradientObstacle {
  private static final int SHOWN = 3;

  private GradientObstacle() {}

  /** Returns what is in the way of a model's gradients, and what to do about it, if anything. */
  static Optional<String> of(ModelCard card, PreparedModel model) {
    try {
      Coverage coverage = Coverage.of(model.graph(), model.images(), model.result());
      if (!coverage.isDifferentiable()) {
        return Optional.of(message(card, operators(coverage, model.opset())));
      }
      // A rule may refuse a node for its attributes; only building the graph tells.
      GradientPass.graph(model, AttackLoss.cotangent());
      return Optional.empty();
    } catch (UncoveredOperatorException uncovered) {
      return Optional.of(uncovered.getMessage());
    } catch (OpsetException | OnnxFormatException refused) {
      return Optional.of(message(card, refused.getMessage()));
    }
  }

  private static String operators(Coverage coverage, int opset) {
    return coverage.operators().stream()
        .filter(Coverage.Entry::blocks)
        .map(
            entry ->
                entry.operator()
                    + (entry.operator().contains(".") ? "" : " of opset " + opset)
                    + nodes(entry.nodes()))
        .collect(Collectors.joining(", ", "Hone cannot differentiate ", ""));
  }

  private static String nodes(List<String> names) {
    String shown = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
    int more = names.size() - SHOWN;
    return " (node " + shown + (more > 0 ? " and " + more + " more" : "") + ")";
  }

  private static String message(ModelCard card, String reason) {
    return card.file()
        + ": the model gives no gradients: "
        + (reason.endsWith(".") ? reason.substring(0, reason.length() - 1) : reason)
        + ". Attacks that need only labels or scores still work; or export the model without what"
        + " is named here";
  }
}
