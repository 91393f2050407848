package io.hone.onnx.batchaxis;

import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.OnnxFormatException;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.TensorInfo;
import io.hone.onnx.opset.OpsetException;
import java.util.Optional;

/**
 * Whether a model takes any number of images at once. An exporter may have frozen the number, as
 * the declared size of the input's first axis and as numbers inside the graph; where every node
 * between image and result treats each image on its own, it is freed again.
 *
 * <pre>{@code
 * switch (BatchFreedom.of(model, "image", "logits")) {
 *   case BatchFreedom.Free free -> run(free.model(), images);
 *   case BatchFreedom.Bound bound -> runInChunks(model, images, bound.images());
 * }
 * }</pre>
 */
public sealed interface BatchFreedom {
  /**
   * Frees a model's batch axis, axis 0 of its input and of its output.
   *
   * <p>The freed model gives each image what the frozen one gives it, up to the rounding of sums
   * that a runtime orders by the size of the batch.
   *
   * @param input that takes the images
   * @param output that gives one row per image
   * @throws OnnxFormatException if the model has no such input or output
   */
  static BatchFreedom of(OnnxModel model, String input, String output) {
    TensorInfo images =
        model
            .input(input)
            .orElseThrow(
                () -> new OnnxFormatException(model.name() + ": has no input '" + input + "'"));
    if (model.outputs().stream().noneMatch(info -> info.name().equals(output))) {
      throw new OnnxFormatException(model.name() + ": has no output '" + output + "'");
    }
    Optional<Dimension> batch =
        images.shape().filter(shape -> shape.rank() > 0).map(shape -> shape.axis(0));
    if (images.shape().map(Shape::rank).orElse(-1) == 0) {
      return new Bound(1, "the input '" + input + "' has no axes");
    }
    if (batch.isEmpty() || !batch.get().isFixed()) {
      return new Free(model);
    }
    try {
      return new Free(BatchLiberation.free(model, images, output));
    } catch (BatchObstacle | OpsetException | OnnxFormatException obstacle) {
      return new Bound(batch.get().size(), obstacle.getMessage());
    }
  }

  /**
   * The model takes any number of images.
   *
   * @param model with a named first axis; the given model if nothing had frozen it. A freed one is
   *     of the opset that the library works in
   */
  record Free(OnnxModel model) implements BatchFreedom {}

  /**
   * The model takes the number of images that it was exported with.
   *
   * @param images how many
   * @param reason what is in the way, naming the node
   */
  record Bound(long images, String reason) implements BatchFreedom {}
}
