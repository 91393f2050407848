package io.hone.onnx.support;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.Node;
import java.util.List;

/** Writes ONNX's protobuf messages in short: what exporters write and editors of graphs do not. */
public final class Protos {
  private Protos() {}

  /** Writes a node; inputs and outputs are separated by commas, "-" stands for an absent one. */
  public static NodeProto node(
      String operator, String inputs, String outputs, AttributeProto... attributes) {
    String[] qualified = operator.split("::");
    NodeProto.Builder node =
        NodeProto.newBuilder()
            .setOpType(qualified[qualified.length - 1])
            .addAllInput(names(inputs))
            .addAllOutput(names(outputs))
            .addAllAttribute(List.of(attributes));
    if (qualified.length > 1) {
      node.setDomain(qualified[0]);
    }
    return node.build();
  }

  private static List<String> names(String list) {
    return list.isEmpty()
        ? List.of()
        : List.of(list.split(",")).stream()
            .map(String::strip)
            .map(name -> name.equals("-") ? "" : name)
            .toList();
  }

  /** Writes an attribute of any type that nodes of Hone's own take. */
  public static AttributeProto attribute(String name, Object value) {
    return Node.of(NodeProto.getDefaultInstance()).with(name, value).toProto().getAttribute(0);
  }

  /** Writes an attribute that takes its value from the function's caller. */
  public static AttributeProto reference(String name, String given) {
    return AttributeProto.newBuilder().setName(name).setRefAttrName(given).build();
  }

  /** Writes a subgraph as an attribute. */
  public static AttributeProto attribute(String name, GraphProto.Builder graph) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.GRAPH)
        .setG(graph.setName(name))
        .build();
  }

  public static FunctionProto.Builder function(
      String name, String inputs, String outputs, NodeProto... nodes) {
    String[] qualified = name.split("::");
    return FunctionProto.newBuilder()
        .setDomain(qualified[0])
        .setName(qualified[1])
        .addAllInput(names(inputs))
        .addAllOutput(names(outputs))
        .addAllNode(List.of(nodes));
  }

  public static OperatorSetIdProto opset(String domain, int version) {
    return OperatorSetIdProto.newBuilder().setDomain(domain).setVersion(version).build();
  }

  public static GraphProto.Builder graph(NodeProto... nodes) {
    return GraphProto.newBuilder().setName("graph").addAllNode(List.of(nodes));
  }

  public static ModelProto.Builder model(int opset, GraphProto.Builder graph) {
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .setProducerName("test")
        .addOpsetImport(opset("", opset))
        .setGraph(graph);
  }

  /** Declares a value; a size of -1 is a named one. */
  public static ValueInfoProto value(String name, ElementType type, long... sizes) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long size : sizes) {
      if (size < 0) {
        shape.addDimBuilder().setDimParam("N");
      } else {
        shape.addDimBuilder().setDimValue(size);
      }
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder().setElemType(type.code()).setShape(shape)))
        .build();
  }

  /** Declares a value of any shape. */
  public static ValueInfoProto unshaped(String name, ElementType type) {
    TypeProto.Tensor tensor = TypeProto.Tensor.newBuilder().setElemType(type.code()).build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  /** Declares a value in a subgraph, of which only the name is told. */
  public static ValueInfoProto value(String name) {
    return ValueInfoProto.newBuilder().setName(name).build();
  }

  public static TensorProto floats(String name, float[] content, long... shape) {
    return ConstantTensor.floats(content, shape).toProto(name);
  }

  public static TensorProto truth(String name, boolean truth) {
    return TensorProto.newBuilder()
        .setName(name)
        .setDataType(ElementType.BOOL.code())
        .addInt32Data(truth ? 1 : 0)
        .build();
  }
}
