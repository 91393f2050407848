package io.hone.learning.export;

import ai.onnx.proto.OnnxMl;
import io.hone.learning.network.Weights;
import io.hone.network.Network;
import io.hone.network.WeightSpec;
import java.util.List;
import java.util.Optional;

/**
 * A network as an ONNX model that can be trained: opset 18, a batch of any size, images NCHW in [0,
 * 1].
 *
 * <p>Each weight is an initializer of its {@link WeightSpec}'s name, in the order of {@link
 * WeightLayout}. Batch normalizations and dropouts are nodes of their stage's name, in the form of
 * inference. A sigmoid is a node of its own.
 *
 * @param network what the model computes
 * @param model with the numbers that the network was given
 * @param input the name of the images, {@code [N, C, H, W]}
 * @param output {@code logits}, {@code [N, K]}, or {@code image_out}, {@code [N, C, H, W]}
 * @param beforeSigmoid the value that a sigmoid makes the output of; empty if there is none
 */
public record OnnxNetwork(
    Network network,
    OnnxMl.ModelProto model,
    String input,
    String output,
    Optional<String> beforeSigmoid) {
  /** The opset that weights are trained in. */
  private static final int OPSET = 18;

  /** The IR version that came with opset 18. */
  private static final int IR_VERSION = 8;

  /**
   * Returns a network's model.
   *
   * @param name of the graph
   * @param weights what its initializers hold
   * @throws IllegalArgumentException if a weight is missing or has another length
   */
  public static OnnxNetwork of(String name, Network network, Weights weights) {
    return of(name, network, weights, false);
  }

  /**
   * Returns the model of a network whose weights do not depend on the size of its images. The model
   * takes images of any size that the layers can take, and computes what {@link Network#at} says.
   *
   * @param name of the graph
   * @param weights what its initializers hold
   * @throws IllegalArgumentException if a weight is missing or has another length
   */
  public static OnnxNetwork ofAnySize(String name, Network network, Weights weights) {
    return of(name, network, weights, true);
  }

  private static OnnxNetwork of(String name, Network network, Weights weights, boolean anySize) {
    OnnxNodes nodes = new OnnxNodes();
    OnnxOperators operators = new OnnxOperators(nodes, anySize);
    TrainableEmitter emitter =
        new TrainableEmitter(nodes, operators, new WeightLayout(network), weights);
    String made = network.emit(emitter, OnnxExport.INPUT);
    String output = network.returnsFeatures() ? "logits" : "image_out";
    nodes.node("Identity", output, List.of(made));
    return new OnnxNetwork(
        network,
        new OnnxFrame(name, OPSET, IR_VERSION, anySize).model(nodes, network, output),
        OnnxExport.INPUT,
        output,
        nodes.inputOf("Sigmoid", made));
  }

  /** Returns the names of the initializers that are learned, in the order of the network. */
  public List<String> trainable() {
    return network.weights().stream().filter(WeightSpec::trainable).map(WeightSpec::name).toList();
  }
}
