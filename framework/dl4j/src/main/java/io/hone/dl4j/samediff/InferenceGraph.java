package io.hone.dl4j.samediff;

import io.hone.learning.network.Weights;
import io.hone.network.Network;
import java.nio.file.Path;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A trained network: its input is called {@code image} and has its channels last, its output is
 * called {@code output}. Used by one thread.
 */
public final class InferenceGraph {
  /** The name of the input, {@code [N, H, W, C]}. */
  public static final String IMAGE = "image";

  /** The name of the output: logits {@code [N, K]}, or images with their channels last. */
  public static final String OUTPUT = "output";

  private static final String TARGET = "target";
  private static final String LOSS = "loss";

  private final SameDiff graph = SameDiff.create();
  private final Network network;

  /** Creates the network without a loss: what is saved. */
  public InferenceGraph(Network network, Weights weights) {
    this.network = network;
    emit(weights);
  }

  /** Creates the network with a loss to be measured. */
  public InferenceGraph(Network network, Weights weights, Objective objective) {
    this.network = network;
    SameDiffEmitter emitter = emit(weights);
    SDVariable target = graph.placeHolder(TARGET, DataType.FLOAT);
    SDVariable output = graph.getVariable(OUTPUT);
    objective.loss(graph, emitter.raw(), output, target).rename(LOSS);
  }

  private SameDiffEmitter emit(Weights weights) {
    SupportedLayers.require(network);
    SDVariable image =
        graph.placeHolder(IMAGE, DataType.FLOAT, SameDiffEmitter.batchShape(network.input()));
    SameDiffEmitter emitter =
        new SameDiffEmitter(graph, Mode.INFERENCE, new WeightArrays(network, weights).byName());
    network.emit(emitter, image).rename(OUTPUT);
    return emitter;
  }

  /** Returns the output of each image. */
  public INDArray output(INDArray images) {
    return graph.outputSingle(Map.of(IMAGE, images), OUTPUT);
  }

  /** Returns outputs and mean loss of a batch. */
  public Measured measure(INDArray images, INDArray targets) {
    Map<String, INDArray> results =
        graph.output(Map.of(IMAGE, images, TARGET, targets), OUTPUT, LOSS);
    return new Measured(results.get(OUTPUT), results.get(LOSS).getDouble(0));
  }

  /**
   * What a batch led to.
   *
   * @param output of the network
   * @param loss a mean over the batch
   */
  public record Measured(INDArray output, double loss) {}

  /** Writes the network as a SameDiff file (FlatBuffers). */
  public void save(Path file) {
    graph.save(file.toFile(), false);
  }
}
