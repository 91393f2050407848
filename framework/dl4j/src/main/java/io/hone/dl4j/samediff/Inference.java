package io.hone.dl4j.samediff;

import io.hone.api.tensor.ImageShape;
import io.hone.api.tensor.Tensor;
import io.hone.dl4j.network.Network;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Runs a trained network on images as Hone holds them. */
public final class Inference {
  private final InferenceGraph graph;
  private final ImageShape input;
  private final ImageShape output;

  /** Creates a runner of a network's graph. */
  public Inference(InferenceGraph graph, Network network) {
    this.graph = graph;
    this.input = network.input();
    this.output = network.output();
  }

  /** Returns logits {@code [N, K]}, or images {@code [N, C, H, W]}. */
  public Tensor run(Tensor images) {
    INDArray result = graph.output(channelsLast(images));
    float[] values = WeightArrays.values(result);
    if (output.pixels() == 1) {
      return Tensor.of(values, images.rows(), output.channels());
    }
    ImageRows rows = new ImageRows(output);
    Tensor tensor = Tensor.images(images.rows(), output);
    float[] row = new float[output.features()];
    for (int i = 0; i < images.rows(); i++) {
      rows.channelsFirst(values, i * row.length, row);
      tensor.setRow(i, row);
    }
    return tensor;
  }

  private INDArray channelsLast(Tensor images) {
    ImageRows rows = new ImageRows(input);
    float[] values = new float[images.rows() * input.features()];
    float[] row = new float[input.features()];
    for (int i = 0; i < images.rows(); i++) {
      images.readRow(i, row);
      rows.channelsLast(row, values, i * row.length);
    }
    long[] shape = {images.rows(), input.height(), input.width(), input.channels()};
    return Nd4j.create(values, shape, 'c');
  }
}
