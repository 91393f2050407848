package io.hone.onnx.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Changes parts of a model wherever they are: in its graph, in subgraphs, in functions. What a
 * subclass does not override stays, and what does not change is not copied.
 */
public abstract class ProtoMapping {
  /** Creates a mapping that changes nothing. */
  protected ProtoMapping() {}

  /** Returns what stands for a tensor. */
  protected TensorProto tensor(TensorProto tensor) {
    return tensor;
  }

  /** Returns what stands for the declaration of a value. */
  protected ValueInfoProto value(ValueInfoProto value) {
    return value;
  }

  /** Returns what stands for a node, whose attributes were mapped before. */
  protected NodeProto node(NodeProto node) {
    return node;
  }

  /** Returns what stands for a graph, whose content was mapped before. */
  protected GraphProto graph(GraphProto graph) {
    return graph;
  }

  /** Returns the model with everything mapped; the model itself where nothing changed. */
  public final ModelProto apply(ModelProto model) {
    GraphProto graph = applyTo(model.getGraph());
    List<FunctionProto> functions = changed(model.getFunctionsList(), this::applyTo);
    if (graph == model.getGraph() && functions == null) {
      return model;
    }
    ModelProto.Builder builder = model.toBuilder().setGraph(graph);
    if (functions != null) {
      builder.clearFunctions().addAllFunctions(functions);
    }
    return builder.build();
  }

  private FunctionProto applyTo(FunctionProto function) {
    List<NodeProto> nodes = changed(function.getNodeList(), this::applyTo);
    List<AttributeProto> defaults = changed(function.getAttributeProtoList(), this::applyTo);
    if (nodes == null && defaults == null) {
      return function;
    }
    FunctionProto.Builder builder = function.toBuilder();
    if (nodes != null) {
      builder.clearNode().addAllNode(nodes);
    }
    if (defaults != null) {
      builder.clearAttributeProto().addAllAttributeProto(defaults);
    }
    return builder.build();
  }

  private GraphProto applyTo(GraphProto graph) {
    List<NodeProto> nodes = changed(graph.getNodeList(), this::applyTo);
    List<TensorProto> constants = changed(graph.getInitializerList(), this::tensor);
    List<SparseTensorProto> sparse = changed(graph.getSparseInitializerList(), this::applyTo);
    List<ValueInfoProto> inputs = changed(graph.getInputList(), this::value);
    List<ValueInfoProto> outputs = changed(graph.getOutputList(), this::value);
    List<ValueInfoProto> values = changed(graph.getValueInfoList(), this::value);
    GraphProto.Builder builder = graph.toBuilder();
    boolean same = true;
    if (nodes != null) {
      builder.clearNode().addAllNode(nodes);
      same = false;
    }
    if (constants != null) {
      builder.clearInitializer().addAllInitializer(constants);
      same = false;
    }
    if (sparse != null) {
      builder.clearSparseInitializer().addAllSparseInitializer(sparse);
      same = false;
    }
    if (inputs != null) {
      builder.clearInput().addAllInput(inputs);
      same = false;
    }
    if (outputs != null) {
      builder.clearOutput().addAllOutput(outputs);
      same = false;
    }
    if (values != null) {
      builder.clearValueInfo().addAllValueInfo(values);
      same = false;
    }
    return graph(same ? graph : builder.build());
  }

  private NodeProto applyTo(NodeProto node) {
    List<AttributeProto> attributes = changed(node.getAttributeList(), this::applyTo);
    return node(
        attributes == null
            ? node
            : node.toBuilder().clearAttribute().addAllAttribute(attributes).build());
  }

  private AttributeProto applyTo(AttributeProto attribute) {
    TensorProto tensor = attribute.hasT() ? tensor(attribute.getT()) : null;
    GraphProto graph = attribute.hasG() ? applyTo(attribute.getG()) : null;
    SparseTensorProto sparse =
        attribute.hasSparseTensor() ? applyTo(attribute.getSparseTensor()) : null;
    List<TensorProto> tensors = changed(attribute.getTensorsList(), this::tensor);
    List<GraphProto> graphs = changed(attribute.getGraphsList(), this::applyTo);
    AttributeProto.Builder builder = attribute.toBuilder();
    boolean same = true;
    if (tensor != null && tensor != attribute.getT()) {
      builder.setT(tensor);
      same = false;
    }
    if (graph != null && graph != attribute.getG()) {
      builder.setG(graph);
      same = false;
    }
    if (sparse != null && sparse != attribute.getSparseTensor()) {
      builder.setSparseTensor(sparse);
      same = false;
    }
    if (tensors != null) {
      builder.clearTensors().addAllTensors(tensors);
      same = false;
    }
    if (graphs != null) {
      builder.clearGraphs().addAllGraphs(graphs);
      same = false;
    }
    return same ? attribute : builder.build();
  }

  private SparseTensorProto applyTo(SparseTensorProto sparse) {
    TensorProto values = tensor(sparse.getValues());
    TensorProto indices = tensor(sparse.getIndices());
    return values == sparse.getValues() && indices == sparse.getIndices()
        ? sparse
        : sparse.toBuilder().setValues(values).setIndices(indices).build();
  }

  /** Returns the list with every part mapped, or null where each stayed the same object. */
  private static <T> List<T> changed(List<T> parts, UnaryOperator<T> change) {
    List<T> mapped = parts.stream().map(change).toList();
    for (int i = 0; i < mapped.size(); i++) {
      if (mapped.get(i) != parts.get(i)) {
        return mapped;
      }
    }
    return null;
  }
}
