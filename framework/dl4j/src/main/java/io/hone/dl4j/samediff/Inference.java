package io.hone.dl4j.samediff;

import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.dl4j.network.Network;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Runs a trained network on images as Hone holds them. */
public final class Inference {
  private final InferenceGraph graph;
  private final ImageArrays input;
  private final ImageShape output;

  /** Creates a runner of a network's graph. */
  public Inference(InferenceGraph graph, Network network) {
    this.graph = graph;
    this.input = new ImageArrays(network.input());
    this.output = network.output();
  }

  /** Returns logits {@code [N, K]}, or images {@code [N, C, H, W]}. */
  public Tensor run(Tensor images) {
    INDArray result = graph.output(input.array(images));
    return output.pixels() == 1
        ? Tensor.of(WeightArrays.values(result), images.rows(), output.channels())
        : new ImageArrays(output).tensor(result);
  }
}
