package io.hone.onnx.training.step;

import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.training.DropoutMask;
import io.hone.onnx.training.Weight;
import io.hone.onnx.training.loss.LossPort;
import io.hone.onnx.training.update.UpdatePorts;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A graph that learns from a batch, or from a shard of one.
 *
 * @param model of opset 18
 * @param image the input that takes images, as the trained model takes them
 * @param share an input {@code [1]}: 1 over the examples of the whole batch
 * @param weights what is trained, in the order of the model; each is an input of its name
 * @param losses the parts of the loss
 * @param gradients by the name of each weight the output that gives its gradient; empty where the
 *     graph makes the step itself
 * @param update what makes the step; empty where the graph gives gradients
 * @param statistics what batch normalisations saw
 * @param masks what Dropout multiplies by
 */
public record StepGraph(
    OnnxModel model,
    String image,
    String share,
    List<Weight> weights,
    List<LossPort> losses,
    Map<String, String> gradients,
    Optional<UpdatePorts> update,
    List<StatisticPort> statistics,
    List<DropoutMask> masks) {
  /** Copies the collections. */
  public StepGraph {
    weights = List.copyOf(weights);
    losses = List.copyOf(losses);
    gradients = Collections.unmodifiableMap(new LinkedHashMap<>(gradients));
    statistics = List.copyOf(statistics);
    masks = List.copyOf(masks);
  }
}
