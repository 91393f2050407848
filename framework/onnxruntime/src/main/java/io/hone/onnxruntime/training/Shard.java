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

  Shard(StepGraph graph) {
    this.graph = graph;
    for (Weight weight : graph.weights()) {
      outputs.put(graph.gradients().get(weight.name()), Tensor.zeros(Shapes.of(weight.shape())));
    }
    graph.losses().forEach(port -> outputs.put(port.output(), Tensor.zeros(1)));
  }

  /** Gives room for what a batch normalisation saw. */
  void prepare(StatisticPort port, int channels) {
    outputs.put(port.batchMean(), Tensor.zeros(channels));
    outputs.put(port.batchVariance(), Tensor.zeros(channels));
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
