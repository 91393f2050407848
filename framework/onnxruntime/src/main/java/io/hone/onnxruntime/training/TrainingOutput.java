package io.hone.onnxruntime.training;

import ai.onnxruntime.OrtException;
import io.hone.api.data.Tensor;
import io.hone.learning.engine.LearningBatch;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Value;
import io.hone.onnx.simplify.Simplifier;
import io.hone.onnx.training.TrainingForm;
import io.hone.onnxruntime.session.ExecutionTarget;
import io.hone.onnxruntime.session.Feed;
import io.hone.onnxruntime.session.InferenceSession;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Computes the output of a network in the form of training, in the shards of a step. */
final class TrainingOutput implements AutoCloseable {
  private final LearningNetwork network;
  private final LearningGraph graph;
  private final InferenceSession session;

  private TrainingOutput(LearningNetwork network, LearningGraph graph, InferenceSession session) {
    this.network = network;
    this.graph = graph;
    this.session = session;
  }

  static TrainingOutput open(LearningNetwork network, LearningGraph graph, ExecutionTarget target)
      throws OrtException {
    OnnxModel form = TrainingForm.of(graph.weights().open(graph.trained()), graph.form()).model();
    GraphEditor pruned = GraphEditor.of(form);
    pruned.clearOutputs();
    pruned.output(new Value(graph.output()), ElementType.FLOAT, null);
    pruned.prune();
    OnnxModel model = Simplifier.forRuntimes(pruned.build(form.name()));
    return new TrainingOutput(network, graph, new InferenceSession(model.toBytes(), target, true));
  }

  /**
   * Computes the output of a batch.
   *
   * @param made one row for each example, written in place
   */
  void run(LearningBatch batch, Tensor made) throws OrtException {
    Map<String, Tensor> current = network.current();
    List<WorkerThreads.Part> parts = new ArrayList<>();
    int from = 0;
    for (int shard = 0; shard < network.shards(); shard++) {
      int to = from + ShardRunner.size(batch.size(), shard, network.shards());
      if (to > from) {
        Map<String, Tensor> fed = new LinkedHashMap<>(batch.masks());
        fed.put(graph.image(), batch.images());
        Map<String, Tensor> rows = new LinkedHashMap<>(Feed.of(fed).rows(from, to).tensors());
        graph.trained().forEach(name -> rows.put(name, current.get(name)));
        Map<String, Tensor> outputs = Map.of(graph.output(), made.rows(from, to));
        parts.add(() -> session.run(Feed.of(rows), outputs));
      }
      from = to;
    }
    network.workers().runAll(parts);
  }

  @Override
  public void close() {
    session.close();
  }
}
