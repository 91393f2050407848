package io.hone.onnxruntime.training;

import ai.onnxruntime.OrtException;
import io.hone.api.data.Tensor;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnxruntime.session.ExecutionTarget;
import io.hone.onnxruntime.session.Feed;
import io.hone.onnxruntime.session.InferenceSession;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A graph that is run with the weights of the moment. Rows are independent of each other, so a
 * batch is cut into parts of one size, which threads compute side by side.
 */
final class LiveNetwork implements AutoCloseable {
  private static final int PART = 32;

  private final LearningNetwork network;
  private final InferenceSession session;
  private final List<String> weights;

  /**
   * Loads the graph.
   *
   * @param model whose inputs are images and the like, and weights and statistics by their names
   */
  LiveNetwork(LearningNetwork network, OnnxModel model, ExecutionTarget target)
      throws OrtException {
    this.network = network;
    this.session = new InferenceSession(model.toBytes(), target, true);
    this.weights =
        model.inputs().stream()
            .map(input -> input.name())
            .filter(network.current()::containsKey)
            .toList();
  }

  /**
   * Runs the graph.
   *
   * @param feed one row for each image
   * @param outputs one row for each image, written in place
   */
  void run(int rows, Feed feed, Map<String, Tensor> outputs) throws OrtException {
    Map<String, Tensor> current = network.current();
    List<WorkerThreads.Part> parts = new ArrayList<>();
    for (int from = 0; from < rows; from += PART) {
      int to = Math.min(rows, from + PART);
      Feed part = feed.rows(from, to);
      Map<String, Tensor> fed = new LinkedHashMap<>(part.tensors());
      weights.forEach(name -> fed.put(name, current.get(name)));
      Map<String, Tensor> wanted = new LinkedHashMap<>();
      for (Map.Entry<String, Tensor> output : outputs.entrySet()) {
        wanted.put(output.getKey(), output.getValue().rows(from, to));
      }
      parts.add(() -> session.run(new Feed(fed, part.classes()), wanted));
    }
    network.workers().runAll(parts);
  }

  @Override
  public void close() {
    session.close();
  }
}
