package io.hone.learning.export;

import ai.onnx.proto.OnnxMl;
import io.hone.learning.network.Weights;
import io.hone.network.Network;
import io.hone.network.Stage;
import java.util.List;

/**
 * Writes a network as an ONNX model: opset 13, a batch of any size, images NCHW in [0, 1]. It
 * computes what the network computes with its measured statistics.
 */
public final class OnnxExport {
  /** The name of the model's input, {@code [N, C, H, W]}. */
  public static final String INPUT = "image";

  /** The smallest opset in which every operator used here means what it means today. */
  private static final int OPSET = 13;

  /** The IR version that came with opset 13. */
  private static final int IR_VERSION = 7;

  private OnnxExport() {}

  /**
   * Returns the model.
   *
   * @param name of the graph
   * @param output the output's name, such as {@code logits}
   */
  public static OnnxMl.ModelProto model(
      String name, Network network, Weights weights, String output) {
    OnnxNodes nodes = new OnnxNodes();
    OnnxEmitter emitter = new OnnxEmitter(nodes, network, weights);
    Stage last = network.stages().get(network.stages().size() - 1);
    OnnxValue value = emitter.settled(last, network.emit(emitter, new OnnxValue(INPUT)));
    nodes.node("Identity", output, List.of(value.name()));
    return new OnnxFrame(name, OPSET, IR_VERSION, false).model(nodes, network, output);
  }
}
