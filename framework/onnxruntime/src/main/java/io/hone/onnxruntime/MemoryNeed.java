package io.hone.onnxruntime;

import io.hone.onnx.gradient.DifferentiatedModel;
import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.TensorInfo;
import io.hone.onnx.memory.MemoryEstimate;
import io.hone.onnx.simplify.Simplifier;
import io.hone.onnxruntime.session.MemoryLimit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * About how many bytes a model takes in ONNX Runtime.
 *
 * @param image the shape of one image, as the model takes it
 * @param weights of the model, whatever runs
 * @param forward that each image of a batch adds where logits are computed
 * @param gradient that each image of a batch adds where gradients are computed; empty where the
 *     model gives none
 */
public record MemoryNeed(Shape image, long weights, long forward, Optional<Long> gradient) {
  /**
   * Estimates a model.
   *
   * @param size height and width, in this order, for axes that the model leaves open; may be empty
   * @return empty if the model leaves more axes open
   */
  static Optional<MemoryNeed> of(
      OnnxModel model, TensorInfo images, Optional<DifferentiatedModel> gradient, List<Long> size) {
    return images
        .shape()
        .flatMap(shape -> closed(shape, size))
        .map(
            shape -> {
              MemoryEstimate forward = estimate(Simplifier.forInference(model), images, shape);
              return new MemoryNeed(
                  shape,
                  forward.weights(),
                  perImage(forward),
                  gradient.map(graph -> perImage(estimate(graph.model(), images, shape))));
            });
  }

  private static MemoryEstimate estimate(OnnxModel graph, TensorInfo images, Shape shape) {
    Map<String, Shape> known = Map.of(images.name(), shape);
    return shape.axis(0).size() > 1
        ? MemoryEstimate.ofFixedBatch(graph, known, Math.toIntExact(shape.axis(0).size()))
        : MemoryEstimate.of(graph, known);
  }

  private static long perImage(MemoryEstimate estimate) {
    return (long) MemoryLimit.withArena(estimate.perImage());
  }

  private static Optional<Shape> closed(Shape shape, List<Long> size) {
    List<Dimension> axes = new ArrayList<>(shape.dimensions());
    int next = 0;
    for (int axis = 0; axis < axes.size(); axis++) {
      if (!axes.get(axis).isFixed() && axis == 0) {
        axes.set(axis, Dimension.of(1));
      } else if (!axes.get(axis).isFixed() && next < size.size()) {
        axes.set(axis, Dimension.of(size.get(next++)));
      }
    }
    Shape closed = new Shape(axes);
    return closed.isFixed() && closed.rank() > 0 ? Optional.of(closed) : Optional.empty();
  }
}
