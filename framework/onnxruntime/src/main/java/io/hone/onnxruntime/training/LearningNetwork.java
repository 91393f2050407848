package io.hone.onnxruntime.training;

import ai.onnxruntime.OrtException;
import io.hone.api.data.Tensor;
import io.hone.onnx.training.TrainableWeights;
import io.hone.onnx.training.step.StatisticPort;
import io.hone.onnx.training.step.StepGraph;
import io.hone.onnx.training.update.TensorPort;
import io.hone.onnx.training.update.UpdateGraph;
import io.hone.onnx.training.update.UpdateRules;
import io.hone.onnxruntime.session.ExecutionTarget;
import io.hone.onnxruntime.session.Feed;
import io.hone.onnxruntime.session.InferenceSession;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A network that learns, one batch after the other.
 *
 * <p>A batch is cut into a fixed number of shards. Each shard is computed by one thread, and
 * gradients are added up in the order of the shards. So the weights depend on the number of shards,
 * and not on the number of threads. Used by one thread.
 */
public final class LearningNetwork implements AutoCloseable {
  private final StepGraph graph;
  private final UpdateGraph update;
  private final InferenceSession updating;
  private final WorkerThreads workers;
  private final ShardRunner shards;
  private final Map<String, float[]> statistics = new LinkedHashMap<>();
  private Map<String, Tensor> tensors = new LinkedHashMap<>();
  private Map<String, Tensor> next = new LinkedHashMap<>();
  private long steps;

  /**
   * Prepares a network that starts from what its file holds.
   *
   * @param weights of the file
   * @param graph that gives gradients
   * @param rules of the step
   * @param shards that a batch is cut into, at least 1
   * @param threads that compute shards side by side, at least 1
   * @throws OrtException if ONNX Runtime refuses a graph
   */
  public LearningNetwork(
      TrainableWeights weights,
      StepGraph graph,
      UpdateRules rules,
      int shards,
      int threads,
      ExecutionTarget target)
      throws OrtException {
    if (graph.update().isPresent()) {
      throw new IllegalArgumentException("the graph makes steps itself; build it without update");
    }
    this.graph = graph;
    this.update = UpdateGraph.of(graph.weights(), shards, rules);
    for (TensorPort port : update.ports().tensors()) {
      int[] shape = GraphTensors.of(port.shape());
      Tensor start =
          port.isWeight() ? Tensor.of(weights.content(port.weight()), shape) : Tensor.zeros(shape);
      tensors.put(port.input(), start);
      next.put(port.input(), Tensor.zeros(shape));
    }
    for (StatisticPort port : graph.statistics()) {
      statistics.put(port.mean(), weights.content(port.mean()));
      statistics.put(port.variance(), weights.content(port.variance()));
    }
    this.updating = new InferenceSession(update.model().toBytes(), target, true);
    this.workers = new WorkerThreads(threads);
    try {
      this.shards = new ShardRunner(graph, statistics, shards, workers, target);
    } catch (OrtException | RuntimeException e) {
      workers.close();
      updating.close();
      throw e;
    }
  }

  /**
   * Makes one step.
   *
   * @param rate the learning rate
   * @throws DivergedException if a loss or the gradient is not finite; the network stays as it was
   * @throws OrtException if ONNX Runtime fails
   */
  public StepFigures step(Batch batch, double rate) throws OrtException {
    List<Shard> results = shards.run(batch, tensors);
    Map<String, Double> losses = new LinkedHashMap<>();
    graph
        .losses()
        .forEach(
            port -> {
              double sum = 0;
              for (Shard shard : results) {
                sum += shard.number(port.output());
              }
              check("the part '" + port.part().name() + "' of the loss", sum, rate);
              losses.put(port.part().name(), sum);
            });
    Map<String, Tensor> outputs = new LinkedHashMap<>();
    update.ports().tensors().forEach(port -> outputs.put(port.output(), next.get(port.input())));
    Tensor norm = Tensor.zeros(1);
    outputs.put(update.ports().norm(), norm);
    updating.run(feed(results, rate), outputs);
    check("the gradient", norm.get(0, 0), rate);
    Map<String, Tensor> before = tensors;
    tensors = next;
    next = before;
    follow(results);
    steps++;
    return new StepFigures(losses, norm.get(0, 0));
  }

  private void check(String what, double number, double rate) {
    if (!Double.isFinite(number)) {
      throw new DivergedException("%s is %s".formatted(what, number), steps + 1, rate);
    }
  }

  private Feed feed(List<Shard> results, double rate) {
    Map<String, Tensor> fed = new LinkedHashMap<>(tensors);
    update
        .ports()
        .gradients()
        .forEach(
            (weight, inputs) -> {
              for (int shard = 0; shard < inputs.size(); shard++) {
                fed.put(inputs.get(shard), results.get(shard).gradient(weight));
              }
            });
    update
        .ports()
        .rules()
        .optimizer()
        .numbers(rate, steps + 1)
        .forEach((name, number) -> fed.put(name, Tensor.of(new float[] {number}, 1)));
    return Feed.of(fed);
  }

  /** Moves running statistics toward the mean of the shards, each by its number of examples. */
  private void follow(List<Shard> results) {
    int examples = results.stream().mapToInt(Shard::size).sum();
    for (StatisticPort port : graph.statistics()) {
      follow(port.mean(), port.batchMean(), port.momentum(), results, examples);
      follow(port.variance(), port.batchVariance(), port.momentum(), results, examples);
    }
  }

  private void follow(
      String statistic, String output, float momentum, List<Shard> results, int examples) {
    float[] running = statistics.get(statistic);
    for (int channel = 0; channel < running.length; channel++) {
      double mean = 0;
      for (Shard shard : results) {
        if (shard.size() > 0) {
          mean += (double) shard.size() / examples * shard.statistic(output).get(channel, 0);
        }
      }
      running[channel] = (float) (momentum * running[channel] + (1.0 - momentum) * mean);
    }
  }

  /** Returns weights and running statistics as they are now, by the names that the file has. */
  public Map<String, float[]> contents() {
    Map<String, float[]> contents = new LinkedHashMap<>();
    for (TensorPort port : update.ports().tensors()) {
      if (port.isWeight()) {
        contents.put(port.weight(), GraphTensors.content(tensors.get(port.input())));
      }
    }
    statistics.forEach((name, content) -> contents.put(name, content.clone()));
    return contents;
  }

  /**
   * Returns weights and running statistics as they are now, by the names that the file has. They
   * are valid until the next step.
   */
  Map<String, Tensor> current() {
    Map<String, Tensor> current = new LinkedHashMap<>();
    for (TensorPort port : update.ports().tensors()) {
      if (port.isWeight()) {
        current.put(port.weight(), tensors.get(port.input()));
      }
    }
    statistics.forEach((name, content) -> current.put(name, Tensor.of(content, content.length)));
    return current;
  }

  /** Puts other weights and statistics in place, by the names that the file has. */
  void load(Map<String, float[]> contents) {
    for (TensorPort port : update.ports().tensors()) {
      if (port.isWeight() && contents.containsKey(port.weight())) {
        GraphTensors.fill(tensors.get(port.input()), contents.get(port.weight()), port.weight());
      }
    }
    statistics.forEach(
        (name, content) -> {
          float[] other = contents.getOrDefault(name, content);
          System.arraycopy(other, 0, content, 0, content.length);
        });
  }

  /** Returns the threads that compute shards, for whatever else the network is asked. */
  WorkerThreads workers() {
    return workers;
  }

  /** Returns the parts that a batch is cut into. */
  int shards() {
    return shards.count();
  }

  /** Returns a copy of everything that the next step depends on. */
  public NetworkState state() {
    Map<String, float[]> copies = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> copies.put(name, GraphTensors.content(tensor)));
    Map<String, float[]> running = new LinkedHashMap<>();
    statistics.forEach((name, content) -> running.put(name, content.clone()));
    return new NetworkState(copies, running, steps);
  }

  /**
   * Goes on from a state.
   *
   * @throws IllegalArgumentException if the state is another network's or another optimiser's
   */
  public void restore(NetworkState state) {
    if (!state.tensors().keySet().equals(tensors.keySet())
        || !state.statistics().keySet().equals(statistics.keySet())) {
      throw new IllegalArgumentException(
          "the state holds %s, and the network %s"
              .formatted(state.tensors().keySet(), tensors.keySet()));
    }
    state.tensors().forEach((name, content) -> GraphTensors.fill(tensors.get(name), content, name));
    state
        .statistics()
        .forEach(
            (name, content) -> {
              float[] own = statistics.get(name);
              if (own.length != content.length) {
                throw new IllegalArgumentException("the state's '" + name + "' has another length");
              }
              System.arraycopy(content, 0, own, 0, own.length);
            });
    steps = state.steps();
  }

  @Override
  public void close() {
    workers.close();
    shards.close();
    updating.close();
  }
}
