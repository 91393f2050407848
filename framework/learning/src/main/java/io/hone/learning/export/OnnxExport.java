package io.hone.learning.export;

import ai.onnx.proto.OnnxMl;
import io.hone.api.data.ImageShape;
import io.hone.learning.network.Network;
import io.hone.learning.network.Stage;
import io.hone.learning.network.Weights;
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
    OnnxEmitter emitter = new OnnxEmitter(nodes, weights);
    Stage last = network.stages().get(network.stages().size() - 1);
    OnnxValue value = emitter.settled(last, network.emit(emitter, new OnnxValue(INPUT)));
    nodes.node("Identity", output, List.of(value.name()));
    ImageShape in = network.input();
    ImageShape out = network.output();
    boolean row = out.pixels() == 1;
    nodes
        .graph()
        .setName(name)
        .addInput(value(INPUT, in.channels(), in.height(), in.width()))
        .addOutput(
            row
                ? value(output, out.channels())
                : value(output, out.channels(), out.height(), out.width()));
    return OnnxMl.ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .setProducerName("hone")
        .addOpsetImport(OnnxMl.OperatorSetIdProto.newBuilder().setVersion(OPSET))
        .setGraph(nodes.graph())
        .build();
  }

  private static OnnxMl.ValueInfoProto value(String name, int... sizes) {
    OnnxMl.TensorShapeProto.Builder shape = OnnxMl.TensorShapeProto.newBuilder();
    shape.addDim(OnnxMl.TensorShapeProto.Dimension.newBuilder().setDimParam("N"));
    for (int size : sizes) {
      shape.addDim(OnnxMl.TensorShapeProto.Dimension.newBuilder().setDimValue(size));
    }
    return OnnxMl.ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            OnnxMl.TypeProto.newBuilder()
                .setTensorType(
                    OnnxMl.TypeProto.Tensor.newBuilder()
                        .setElemType(OnnxMl.TensorProto.DataType.FLOAT.getNumber())
                        .setShape(shape)))
        .build();
  }
}
