package io.hone.onnx.training.update;

import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Value;
import io.hone.onnx.opset.OpsetRaiser;
import io.hone.onnx.training.Weight;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The graph that adds up the gradients of the shards of a batch, in their order, and makes a step.
 *
 * @param model of opset 18: gradients, weights and the optimiser's tensors and numbers in, weights
 *     and tensors out
 * @param ports the names of all of them
 */
public record UpdateGraph(OnnxModel model, UpdatePorts ports) {
  /**
   * Builds the graph.
   *
   * @param weights that are trained
   * @param shards how many gradients each weight receives, at least 1
   */
  public static UpdateGraph of(List<Weight> weights, int shards, UpdateRules rules) {
    if (shards < 1 || weights.isEmpty()) {
      throw new IllegalArgumentException(
          "an update needs a weight and a shard, not %d and %d".formatted(weights.size(), shards));
    }
    GraphEditor graph = GraphEditor.create(OpsetRaiser.OPSET);
    Map<String, List<String>> inputs = new LinkedHashMap<>();
    Map<String, Value> sums = new LinkedHashMap<>();
    for (Weight weight : weights) {
      graph.input(weight.name(), ElementType.FLOAT, weight.shape());
    }
    for (Weight weight : weights) {
      List<String> names = new ArrayList<>();
      Value sum = Value.NONE;
      for (int shard = 0; shard < shards; shard++) {
        String wanted = weight.name() + ".gradient" + shard;
        Value gradient = graph.input(wanted, ElementType.FLOAT, weight.shape());
        names.add(gradient.name());
        sum = sum.isAbsent() ? gradient : graph.op("Add", sum, gradient);
      }
      inputs.put(weight.name(), names);
      sums.put(weight.name(), sum);
    }
    UpdatePorts written = new UpdateWriter(graph, rules).write(weights, sums);
    return new UpdateGraph(
        graph.build("update"), new UpdatePorts(rules, inputs, written.tensors(), written.norm()));
  }
}
