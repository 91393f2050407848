package io.hone.onnx.runtime;

import ai.onnxruntime.OrtException;
import io.hone.api.component.BadInputException;
import io.hone.api.model.ModelCard;
import io.hone.api.tensor.ImageShape;
import io.hone.api.tensor.Tensor;
import io.hone.onnx.graph.OnnxModel;
import java.util.Map;
import java.util.OptionalInt;

/** One of a model's graphs, loaded; words every failure for the user who gave the model. */
final class ModelSession implements AutoCloseable {
  private final ModelCard card;
  private final BatchRunner runner;

  /**
   * Loads a graph.
   *
   * @throws BadInputException if ONNX Runtime cannot load it
   */
  ModelSession(ModelCard card, OnnxModel graph, OptionalInt fixedBatch, ExecutionTarget target) {
    this.card = card;
    try {
      this.runner = new BatchRunner(new InferenceSession(graph.toBytes(), target), fixedBatch);
    } catch (OrtException failure) {
      throw RuntimeFailure.loading(card.file(), failure);
    }
  }

  /** Runs the graph on {@code rows} rows; writes the outputs in place. */
  void run(int rows, Feed feed, Map<String, Tensor> outputs) {
    try {
      runner.run(rows, feed, outputs);
    } catch (OrtException failure) {
      throw RuntimeFailure.running(card.file(), failure);
    }
  }

  /** Returns the shape of one row of an output for images of the given shape. */
  int[] rowShape(String input, ImageShape images, String output) {
    try {
      return runner.rowShape(input, images, output);
    } catch (OrtException failure) {
      throw RuntimeFailure.running(card.file(), images, failure);
    }
  }

  @Override
  public void close() {
    runner.close();
  }
}
