package io.hone.onnxruntime.training;

import ai.onnxruntime.OrtException;
import io.hone.api.data.Tensor;
import io.hone.onnx.training.step.StepGraph;
import io.hone.onnxruntime.session.ExecutionTarget;
import io.hone.onnxruntime.session.Feed;
import io.hone.onnxruntime.session.InferenceSession;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Computes the shards of a batch, some side by side. */
final class ShardRunner implements AutoCloseable {
  private final StepGraph graph;
  private final InferenceSession session;
  private final WorkerThreads threads;
  private final List<Shard> shards = new ArrayList<>();

  /**
   * Prepares the shards.
   *
   * @param statistics what running statistics the network has, by name
   */
  ShardRunner(
      StepGraph graph,
      Map<String, float[]> statistics,
      int count,
      WorkerThreads threads,
      ExecutionTarget target)
      throws OrtException {
    this.graph = graph;
    this.threads = threads;
    for (int shard = 0; shard < count; shard++) {
      shards.add(new Shard(graph, statistics));
    }
    this.session = new InferenceSession(graph.model().toBytes(), target, true);
  }

  /**
   * Computes all shards of a batch. The first ones have an example more where the examples do not
   * divide.
   *
   * @param weights by the name of the input
   * @return the shards in their order, valid until the next run
   */
  List<Shard> run(Batch batch, Map<String, Tensor> weights) throws OrtException {
    Map<String, Tensor> shared = new LinkedHashMap<>();
    graph.weights().forEach(weight -> shared.put(weight.name(), weights.get(weight.name())));
    shared.put(graph.share(), Tensor.of(new float[] {1f / batch.size()}, 1));
    List<WorkerThreads.Part> parts = new ArrayList<>();
    int from = 0;
    for (int index = 0; index < shards.size(); index++) {
      int to = from + size(batch.size(), index, shards.size());
      Shard shard = shards.get(index);
      shard.start(to - from);
      if (to > from) {
        Feed rows = batch.rows(graph.image(), from, to);
        Map<String, Tensor> fed = new LinkedHashMap<>(rows.tensors());
        fed.putAll(shared);
        Feed feed = new Feed(fed, rows.classes());
        parts.add(() -> session.run(feed, shard.outputs()));
      }
      from = to;
    }
    threads.runAll(parts);
    return shards;
  }

  /** Returns the number of shards. */
  int count() {
    return shards.size();
  }

  /** The first shards have an example more where the examples do not divide. */
  static int size(int examples, int shard, int shards) {
    return examples / shards + (shard < examples % shards ? 1 : 0);
  }

  @Override
  public void close() {
    session.close();
  }
}
