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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/** One of a model's graphs, loaded; words every failure for the user who gave the model. */
final class ModelSession implements AutoCloseable {
  /** Numbers of images by which a first axis is told from the others. */
  private static final int FEW = 2;

  private final ModelCard card;
  private final OptionalInt fixedBatch;
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
    this.fixedBatch = fixedBatch;
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

  /**
   * Returns the shapes of those outputs that have a row for each image, without the first axis.
   *
   * @param input the input that takes images
   */
  Map<String, int[]> rowShapes(String input, ImageShape images) {
    budget.rows(images);
    try {
      Map<String, long[]> few = runner.shapes(input, images, FEW);
      Map<String, long[]> more = runner.shapes(input, images, FEW + 1);
      Map<String, int[]> rows = new LinkedHashMap<>();
      few.forEach(
          (name, shape) -> {
            if (isByImage(shape, more.get(name))) {
              rows.put(name, Arrays.stream(shape).skip(1).mapToInt(Math::toIntExact).toArray());
            }
          });
      return rows;
    } catch (OrtException failure) {
      throw RuntimeFailure.running(card, images, failure);
    }
  }

  /** Returns whether one image more makes the first axis alone longer by one. */
  private boolean isByImage(long[] few, long[] more) {
    if (few.length == 0 || more.length != few.length) {
      return false;
    }
    long rows = fixedBatch.orElse(FEW);
    return few[0] == rows
        && more[0] == fixedBatch.orElse(FEW + 1)
        && Arrays.equals(few, 1, few.length, more, 1, more.length);
  }

  @Override
  public void close() {
    runner.close();
  }
}
