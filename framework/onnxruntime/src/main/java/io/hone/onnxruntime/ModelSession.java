package io.hone.onnxruntime;

import ai.onnxruntime.OrtException;
import io.hone.api.BadInputException;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.ModelCard;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnxruntime.session.Feed;
import io.hone.onnxruntime.session.InferenceSession;
import io.hone.onnxruntime.session.RuntimeFailure;
import java.util.Map;
import java.util.OptionalInt;

/** One of a model's graphs, loaded; words every failure for the user who gave the model. */
final class ModelSession implements AutoCloseable {
  private final ModelCard card;
  private final RowBudget budget;
  private final BatchRunner runner;

  /**
   * Loads a graph.
   *
   * @param images the input that takes images
   * @param fixedBatch the rows that the graph insists on, if it does
   * @throws BadInputException if the machine's memory is too small for it, or ONNX Runtime cannot
   *     load it
   */
  ModelSession(
      ModelCard card, OnnxModel graph, String images, OptionalInt fixedBatch, Placement placement) {
    this.card = card;
    // First of all: ONNX Runtime computes constants while it loads, however large they are.
    this.budget = new RowBudget(card, graph, images, fixedBatch, placement.memory());
    try {
      this.runner =
          new BatchRunner(
              new InferenceSession(graph.toBytes(), placement.target(), budget.isSmall()),
              fixedBatch);
    } catch (OrtException failure) {
      throw RuntimeFailure.loading(card.file(), failure);
    }
  }

  /** Runs the graph on {@code rows} images of one shape; writes the outputs in place. */
  void run(ImageShape shape, int rows, Feed feed, Map<String, Tensor> outputs) {
    int most = budget.rows(shape);
    try {
      runner.run(rows, most, feed, outputs);
    } catch (OrtException failure) {
      throw RuntimeFailure.running(card.file(), failure);
    }
  }

  /** Returns the shape of one row of an output for images of the given shape. */
  int[] rowShape(String input, ImageShape images, String output) {
    budget.rows(images);
    try {
      return runner.rowShape(input, images, output);
    } catch (OrtException failure) {
      throw RuntimeFailure.running(card, images, failure);
    }
  }

  @Override
  public void close() {
    runner.close();
  }
}
