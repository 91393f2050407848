package io.hone.onnxruntime;

import io.hone.api.data.ImageShape;
import io.hone.api.model.ModelCard;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.memory.MemoryEstimate;
import io.hone.onnxruntime.session.MemoryLimit;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/** Tells how many images of a shape a graph may run at once within the memory allowed. */
final class RowBudget {
  /** Bytes of one image's values up to which a batch may take twice its memory. */
  private static final long SMALL = 256 << 10;

  private final ModelCard card;
  private final OnnxModel graph;
  private final String images;
  private final OptionalInt fixedBatch;
  private final MemoryLimit limit;
  private final Map<ImageShape, Integer> rows = new ConcurrentHashMap<>();
  private final boolean small;

  /**
   * Prepares the budget of a graph.
   *
   * @param images the input that takes images
   * @param fixedBatch the images that the graph insists on, if it does
   * @throws BadInputException if the graph needs more than the machine has, whatever the images
   */
  RowBudget(
      ModelCard card, OnnxModel graph, String images, OptionalInt fixedBatch, MemoryLimit limit) {
    this.card = card;
    this.graph = graph;
    this.images = images;
    this.fixedBatch = fixedBatch;
    this.limit = limit;
    ModelCard.Input input = card.input();
    if (input.height().isPresent() && input.width().isPresent()) {
      ImageShape shape =
          new ImageShape(input.channels(), input.height().get(), input.width().get());
      small = estimate(shape).perImage() <= SMALL;
      rows(shape);
    } else {
      limit.check(card, estimate(Map.of()), fewest(), "its graph");
      small = false;
    }
  }

  /**
   * Returns how many images may run at once, at least 2.
   *
   * @throws BadInputException if not even two can
   */
  int rows(ImageShape shape) {
    return rows.computeIfAbsent(shape, this::estimated);
  }

  /**
   * Returns whether images of the size that the card fixes take so little memory each that a run's
   * memory may be planned: half as many then run at once.
   */
  boolean isSmall() {
    return small;
  }

  private int estimated(ImageShape shape) {
    MemoryEstimate estimate = estimate(shape);
    limit.check(card, estimate, fewest(), "a batch of images of " + shape);
    return small ? Math.max(MemoryLimit.FEWEST, limit.rows(estimate) / 2) : limit.rows(estimate);
  }

  private MemoryEstimate estimate(ImageShape shape) {
    return estimate(Map.of(images, Shape.of(1, shape.channels(), shape.height(), shape.width())));
  }

  private MemoryEstimate estimate(Map<String, Shape> shapes) {
    return fixedBatch.isPresent()
        ? MemoryEstimate.ofFixedBatch(graph, shapes, fixedBatch.getAsInt())
        : MemoryEstimate.of(graph, shapes);
  }

  private int fewest() {
    return fixedBatch.orElse(MemoryLimit.FEWEST);
  }
}
