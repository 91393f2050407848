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
 * @param anySize whether images may have any height and width
 */
record OnnxFrame(String name, int opset, int irVersion, boolean anySize) {

  /** Returns a model of nodes that make an output of {@link OnnxExport#INPUT}. */
  OnnxMl.ModelProto model(OnnxNodes nodes, Network network, String output) {
    ImageShape in = network.input();
    ImageShape out = network.output();
    nodes
        .graph()
        .setName(name)
        .addInput(value(OnnxExport.INPUT, images(in, "height", "width")))
        .addOutput(
            network.returnsFeatures()
                ? value(output, batch().addDim(fixed(out.channels())))
                : value(output, images(out, "height_out", "width_out")));
    return OnnxMl.ModelProto.newBuilder()
        .setIrVersion(irVersion)
        .setProducerName("hone")
        .addOpsetImport(OnnxMl.OperatorSetIdProto.newBuilder().setVersion(opset))
        .setGraph(nodes.graph())
        .build();
  }

  /** The size of an image that is made follows from the size of the image that is read. */
  private OnnxMl.TensorShapeProto.Builder images(ImageShape shape, String height, String width) {
    return batch()
        .addDim(fixed(shape.channels()))
        .addDim(anySize ? free(height) : fixed(shape.height()))
        .addDim(anySize ? free(width) : fixed(shape.width()));
  }

  private static OnnxMl.TensorShapeProto.Builder batch() {
    return OnnxMl.TensorShapeProto.newBuilder().addDim(free("N"));
  }

  private static OnnxMl.TensorShapeProto.Dimension.Builder fixed(int size) {
    return OnnxMl.TensorShapeProto.Dimension.newBuilder().setDimValue(size);
  }

  private static OnnxMl.TensorShapeProto.Dimension.Builder free(String name) {
    return OnnxMl.TensorShapeProto.Dimension.newBuilder().setDimParam(name);
  }

  private static OnnxMl.ValueInfoProto value(String name, OnnxMl.TensorShapeProto.Builder shape) {
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
