package io.hone.onnxruntime.training;

import io.hone.api.data.Tensor;
import io.hone.onnx.training.Weight;
import io.hone.onnx.training.step.StatisticPort;
import io.hone.onnx.training.step.StepGraph;
import java.util.LinkedHashMap;
import java.util.Map;

/** What one part of a batch gives. Its memory serves all steps. */
final class Shard {
  private final StepGraph graph;
  private final Map<String, Tensor> outputs = new LinkedHashMap<>();
  private int size;

  /**
   * Makes room for all results.
   *
   * @param statistics what running statistics the network has, by name
   */
  Shard(StepGraph graph, Map<String, float[]> statistics) {
    this.graph = graph;
    for (Weight weight : graph.weights()) {
      outputs.put(
          graph.gradients().get(weight.name()), Tensor.zeros(GraphTensors.of(weight.shape())));
    }
    graph.losses().forEach(port -> outputs.put(port.output(), Tensor.zeros(1)));
    for (StatisticPort port : graph.statistics()) {
      int channels = statistics.get(port.mean()).length;
      outputs.put(port.batchMean(), Tensor.zeros(channels));
      outputs.put(port.batchVariance(), Tensor.zeros(channels));
    }
  }

  /** Starts a step with so many examples; without any all results are 0. */
  void start(int examples) {
    size = examples;
    if (examples == 0) {
      outputs.values().forEach(tensor -> tensor.buffer().put(0, new float[capacity(tensor)]));
    }
  }

  private static int capacity(Tensor tensor) {
    return tensor.rows() * tensor.rowSize();
  }

  /** Returns what the graph writes to, by output. */
  Map<String, Tensor> outputs() {
    return outputs;
  }

  /** Returns the number of examples. */
  int size() {
    return size;
  }

  Tensor gradient(String weight) {
    return outputs.get(graph.gradients().get(weight));
  }

  Tensor statistic(String output) {
    return outputs.get(output);
  }

  double number(String output) {
    return outputs.get(output).get(0, 0);
  }
}
