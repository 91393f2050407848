package io.hone.api.train;

import io.hone.api.data.Tensor;
import io.hone.api.model.ModelCard;
import io.hone.api.stability.Stability;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a training made.
 *
 * @param card of the exported ONNX file; the framework completes its {@code training} section and
 *     the names of the classes
 * @param figures validation figures by name, such as {@code validation_accuracy}, {@code epochs}
 * @param history figures of each epoch by name, the first epoch first; may be empty
 * @param layers the architecture, one line per layer
 * @param probeInputs a few inputs, {@code [N, C, H, W]}
 * @param probeOutputs what the trained network returned for them, in inference mode; the framework
 *     compares the exported file with it
 */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
public record TrainedModel(
    ModelCard card,
    Map<String, Double> figures,
    List<Map<String, Double>> history,
    List<String> layers,
    Tensor probeInputs,
    Tensor probeOutputs) {
  /** Copies figures, history and layers, and keeps the order of the figures. */
  public TrainedModel {
    figures = copy(figures, "figures");
    Objects.requireNonNull(history, "history is null; return an empty list for no epoch");
    history = history.stream().map(epoch -> copy(epoch, "an entry of history")).toList();
    layers = List.copyOf(Objects.requireNonNull(layers, "layers is null; return an empty list"));
  }

  private static Map<String, Double> copy(Map<String, Double> figures, String name) {
    Objects.requireNonNull(figures, name + " is null; return an empty map");
    return Collections.unmodifiableMap(new LinkedHashMap<>(figures));
  }
}
