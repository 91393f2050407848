package io.hone.learning.export;

import ai.onnx.proto.OnnxMl;
import io.hone.api.data.ImageShape;
import io.hone.network.Network;

/**
 * What is around the nodes of a network's ONNX model.
 *
 * @param name of the graph
 * @param opset of the operators
 * @param irVersion of the file
 */
record OnnxFrame(String name, int opset, int irVersion) {
  /** Returns a model of nodes that make an output of {@link OnnxExport#INPUT}. */
  OnnxMl.ModelProto model(OnnxNodes nodes, Network network, String output) {
    ImageShape in = network.input();
    ImageShape out = network.output();
    nodes
        .graph()
        .setName(name)
        .addInput(value(OnnxExport.INPUT, in.channels(), in.height(), in.width()))
        .addOutput(
            network.returnsFeatures()
                ? value(output, out.channels())
                : value(output, out.channels(), out.height(), out.width()));
    return OnnxMl.ModelProto.newBuilder()
        .setIrVersion(irVersion)
        .setProducerName("hone")
        .addOpsetImport(OnnxMl.OperatorSetIdProto.newBuilder().setVersion(opset))
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
