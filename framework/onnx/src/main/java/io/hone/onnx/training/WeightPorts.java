package io.hone.onnx.training;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Takes weights out of a model's protobuf and puts others in. It works on the protobuf itself, so
 * that what it does not touch stays as the exporter wrote it.
 */
final class WeightPorts {
  private WeightPorts() {}

  /** Returns the constants of a graph: initialisers, then tensors that Constant nodes hold. */
  static Map<String, ConstantTensor> constants(OnnxModel model) {
    Map<String, ConstantTensor> constants = new LinkedHashMap<>(model.constants());
    for (NodeProto node : model.toProto().getGraph().getNodeList()) {
      held(node).ifPresent(tensor -> constants.put(node.getOutput(0), ConstantTensor.of(tensor)));
    }
    return constants;
  }

  private static Optional<TensorProto> held(NodeProto proto) {
    Node node = Node.of(proto);
    return node.is("Constant") && proto.getOutputCount() == 1
        ? node.tensor("value")
        : Optional.empty();
  }

  /** Returns the model with some constants as inputs, by name and shape. */
  static OnnxModel open(OnnxModel model, Map<String, Shape> ports) {
    Set<String> names = ports.keySet();
    ModelProto.Builder opened = model.toProto().toBuilder();
    GraphProto old = model.toProto().getGraph();
    GraphProto.Builder graph = opened.getGraphBuilder();
    graph.clearInitializer().clearInput().clearNode();
    old.getInitializerList().stream()
        .filter(tensor -> !names.contains(tensor.getName()))
        .forEach(graph::addInitializer);
    // Before IR 4 every initialiser was among the inputs; as a port it comes behind the others.
    old.getInputList().stream()
        .filter(input -> !names.contains(input.getName()))
        .forEach(graph::addInput);
    ports.forEach((name, shape) -> graph.addInput(port(name, shape)));
    old.getNodeList().stream()
        .filter(node -> held(node).isEmpty() || !names.contains(node.getOutput(0)))
        .forEach(graph::addNode);
    return OnnxModel.of(opened.build(), model.name());
  }

  private static ValueInfoProto port(String name, Shape sizes) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long size : sizes.sizes()) {
      shape.addDimBuilder().setDimValue(size);
    }
    TypeProto.Tensor.Builder tensor =
        TypeProto.Tensor.newBuilder().setElemType(ElementType.FLOAT.code()).setShape(shape);
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  static OnnxModel close(OnnxModel model, Map<String, ConstantTensor> contents) {
    ModelProto.Builder closed = model.toProto().toBuilder();
    GraphProto.Builder graph = closed.getGraphBuilder();
    for (int i = 0; i < graph.getInitializerCount(); i++) {
      TensorProto old = graph.getInitializer(i);
      if (contents.containsKey(old.getName())) {
        graph.setInitializer(i, filled(old, contents.get(old.getName())));
      }
    }
    for (int i = 0; i < graph.getNodeCount(); i++) {
      NodeProto node = graph.getNode(i);
      if (held(node).isPresent() && contents.containsKey(node.getOutput(0))) {
        graph.setNode(i, filled(node, contents.get(node.getOutput(0))));
      }
    }
    return OnnxModel.of(closed.build(), model.name());
  }

  private static TensorProto filled(TensorProto old, ConstantTensor content) {
    TensorProto fresh = content.toProto(old.getName());
    return old.toBuilder()
        .clearFloatData()
        .clearExternalData()
        .clearDataLocation()
        .setRawData(fresh.getRawData())
        .build();
  }

  private static NodeProto filled(NodeProto old, ConstantTensor content) {
    NodeProto.Builder node = old.toBuilder();
    for (AttributeProto.Builder attribute : node.getAttributeBuilderList()) {
      if (attribute.getName().equals("value")) {
        attribute.setT(filled(attribute.getT(), content));
      }
    }
    return node.build();
  }
}
