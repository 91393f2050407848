package io.hone.onnx.batchaxis;

import io.hone.onnx.graph.OnnxFormatException;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.TensorInfo;
import io.hone.onnx.graph.Value;
import io.hone.onnx.opset.OpsetException;
import io.hone.onnx.opset.OpsetRaiser;
import io.hone.onnx.simplify.ConstantFolding;
import java.util.Optional;

/**
 * Whether a model's result for an image depends on the other images of its batch. It should not; a
 * mean over the batch or a normalisation left in training mode makes it.
 */
public sealed interface BatchIndependence {
  /**
   * Looks at every node between an input and an output.
   *
   * @param input whose first axis is the batch
   * @param output whose first axis is the batch
   */
  static BatchIndependence of(OnnxModel model, String input, String output) {
    Optional<TensorInfo> images =
        model.input(input).filter(info -> info.shape().map(Shape::rank).orElse(0) > 0);
    if (images.isEmpty()) {
      return new Open("the shape of the input '" + input + "' is not known");
    }
    try {
      OnnxModel simple = ConstantFolding.fold(OpsetRaiser.raise(model));
      BatchFlow flow = BatchFlow.of(simple, images.get());
      flow.follow(output);
      return flow.rows(new Value(output)).isPresent()
          ? new Independent()
          : new Open("the output '" + output + "' does not depend on the image");
    } catch (BatchObstacle obstacle) {
      return obstacle.isMixing()
          ? new Mixing(obstacle.getMessage())
          : new Open(obstacle.getMessage());
    } catch (OpsetException | OnnxFormatException unreadable) {
      return new Open(unreadable.getMessage());
    }
  }

  /** Every node treats each image on its own. */
  record Independent() implements BatchIndependence {}

  /**
   * Images of one batch certainly influence each other.
   *
   * @param reason names the node
   */
  record Mixing(String reason) implements BatchIndependence {}

  /**
   * It is not known.
   *
   * @param reason names the node that could not be seen through
   */
  record Open(String reason) implements BatchIndependence {}
}
