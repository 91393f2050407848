package io.hone.onnxruntime;

import io.hone.api.BadInputException;
import io.hone.api.model.ModelCard;
import io.hone.onnx.gradient.AttackLoss;
import io.hone.onnx.gradient.DifferentiatedModel;
import io.hone.onnx.gradient.GradientGraph;
import io.hone.onnx.gradient.UncoveredOperatorException;

/**
 * A model's graph from images to one loss and its gradient, loaded.
 *
 * @param graph with the names to feed and fetch
 * @param session runs it
 */
record GradientPass(DifferentiatedModel graph, ModelSession session) implements AutoCloseable {
  /** Builds and loads the graph of one loss. */
  static GradientPass open(
      ModelCard card, PreparedModel model, Placement placement, AttackLoss loss) {
    try {
      DifferentiatedModel graph = graph(model, loss);
      return new GradientPass(
          graph,
          new ModelSession(card, graph.model(), graph.image(), model.fixedBatch(), placement));
    } catch (UncoveredOperatorException uncovered) {
      throw new BadInputException(card.file() + ": " + uncovered.getMessage(), uncovered);
    }
  }

  /** Builds the graph of one loss. */
  static DifferentiatedModel graph(PreparedModel model, AttackLoss loss) {
    return GradientGraph.of(model.graph())
        .input(model.images())
        .logits(model.result())
        .loss(loss)
        .build();
  }

  @Override
  public void close() {
    session.close();
  }
}
