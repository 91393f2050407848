package io.hone.dl4j.samediff;

import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.network.Network;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Runs a trained network on images as Hone holds them.
 *
 * <p>Images go through in parts of one size, the last one filled up: how a matrix product rounds
 * depends on its size, and a row's result may not depend on its batch.
 */
public final class Inference {
  /**
   * Images in a part: a multiple of the 4, 6, 8, 12 and 16 rows that matrix products take at once
   * on processors with AVX2 and AVX-512, so that no row is among those left over.
   */
  public static final int PART = 48;

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
    int[] shape = images.shape();
    shape[0] = PART;
    Tensor part = Tensor.zeros(shape);
    Tensor whole =
        output.pixels() == 1
            ? Tensor.zeros(images.rows(), output.channels())
            : Tensor.images(images.rows(), output);
    for (int from = 0; from < images.rows(); from += PART) {
      int count = Math.min(PART, images.rows() - from);
      part.copyRows(0, images, from, count);
      INDArray result = graph.output(input.array(part));
      whole.copyRows(from, tensor(result), 0, count);
    }
    return whole;
  }

  private Tensor tensor(INDArray result) {
    return output.pixels() == 1
        ? Tensor.of(WeightArrays.values(result), PART, output.channels())
        : new ImageArrays(output).tensor(result);
  }
}
