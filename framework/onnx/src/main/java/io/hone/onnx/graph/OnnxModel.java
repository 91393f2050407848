package io.hone.onnx.graph;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An ONNX model whose graph was checked: every value that a node reads is an input, a constant or
 * written by an earlier node. Immutable.
 */
public final class OnnxModel {
  private final ModelProto proto;
  private final String name;
  private final List<Node> nodes;
  private final Map<String, ConstantTensor> constants;
  private final List<TensorInfo> inputs;
  private final List<TensorInfo> outputs;
  private final Map<String, Node> producers;

  private OnnxModel(ModelProto proto, String name) {
    this.proto = proto;
    this.name = name;
    GraphProto graph = proto.getGraph();
    Map<String, ConstantTensor> found = new LinkedHashMap<>();
    graph
        .getInitializerList()
        .forEach(tensor -> found.put(tensor.getName(), ConstantTensor.of(tensor)));
    this.constants = Collections.unmodifiableMap(found);
    // Before IR 4 every initializer was listed among the inputs too.
    this.inputs =
        graph.getInputList().stream()
            .filter(input -> !found.containsKey(input.getName()))
            .map(TensorInfo::of)
            .toList();
    this.outputs = graph.getOutputList().stream().map(TensorInfo::of).toList();
    GraphOrder order = GraphOrder.of(graph);
    this.nodes = order.nodes();
    this.producers = order.producers();
  }

  /**
   * Reads a model from its bytes.
   *
   * @param name what messages call the model, such as its file
   * @throws OnnxFormatException if the bytes are no ONNX model, or one that is empty, truncated,
   *     without input or output, cyclic, or reads a value that nothing writes
   */
  public static OnnxModel parse(byte[] bytes, String name) {
    return of(decode(CodedInputStream.newInstance(bytes), name), name);
  }

  /**
   * Reads a model from a file, and the weights that are in files beside it.
   *
   * @throws OnnxFormatException as {@link #parse} does, or if the file cannot be read, or if it
   *     names a file of weights outside its own folder
   */
  public static OnnxModel read(Path file) {
    String name = file.toString();
    ModelProto stored = decode(open(file, name), name);
    try {
      return of(ExternalData.load(stored, file), name);
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  /** Returns a file's bytes, whose weights are not copied when they are decoded. */
  private static CodedInputStream open(Path file, String name) {
    try {
      if (Files.size(file) > ModelSize.LIMIT) {
        throw new OnnxFormatException(
            name + ": is larger than 2 GB, which no single ONNX file can be; export it again");
      }
      CodedInputStream bytes =
          UnsafeByteOperations.unsafeWrap(Files.readAllBytes(file)).newCodedInput();
      bytes.enableAliasing(true);
      return bytes;
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  private static OnnxFormatException unreadable(String name, IOException failure) {
    return new OnnxFormatException(name + ": cannot be read: " + failure, failure);
  }

  private static ModelProto decode(CodedInputStream bytes, String name) {
    try {
      if (bytes.isAtEnd()) {
        throw new OnnxFormatException(name + ": the file is empty, not an ONNX model");
      }
      return ModelProto.parseFrom(bytes);
    } catch (IOException e) {
      throw new OnnxFormatException(
          name + ": not an ONNX model, or a truncated one (" + e.getMessage() + ")", e);
    }
  }

  /**
   * Checks a model that is at hand as protobuf.
   *
   * @param name what messages call the model
   * @throws OnnxFormatException as {@link #parse} does
   */
  public static OnnxModel of(ModelProto proto, String name) {
    try {
      if (!proto.hasGraph() || proto.getGraph().getNodeCount() == 0) {
        throw new OnnxFormatException("not an ONNX model: it has no graph, or one without nodes");
      }
      if (proto.getOpsetImportList().isEmpty()) {
        throw new OnnxFormatException("not an ONNX model: it names no operator set");
      }
      checkOpsets(proto);
      OnnxModel model = new OnnxModel(new DenseConstants().apply(proto), name);
      if (model.inputs.isEmpty()) {
        throw new OnnxFormatException("the graph has no input");
      }
      if (model.outputs.isEmpty()) {
        throw new OnnxFormatException("the graph has no output");
      }
      return model;
    } catch (OnnxFormatException e) {
      throw new OnnxFormatException(name + ": " + e.getMessage(), e);
    }
  }

  private static void checkOpsets(ModelProto proto) {
    for (OperatorSetIdProto opset : proto.getOpsetImportList()) {
      if (opset.getVersion() < 0 || opset.getVersion() > Integer.MAX_VALUE) {
        throw new OnnxFormatException(
            "the operator set '" + opset.getDomain() + "' has the version " + opset.getVersion());
      }
    }
  }

  /**
   * Returns the model in ONNX's file format.
   *
   * @throws OnnxFormatException if it is too large for one: 2 GB
   */
  public byte[] toBytes() {
    ModelSize.check(proto, name);
    return proto.toByteArray();
  }

  /** Returns the model as protobuf. */
  public ModelProto toProto() {
    return proto;
  }

  /** Returns what messages call this model. */
  public String name() {
    return name;
  }

  /** Returns the version of ONNX's own operator set. */
  public int opset() {
    return proto.getOpsetImportList().stream()
        .filter(opset -> opset.getDomain().isEmpty() || opset.getDomain().equals("ai.onnx"))
        .mapToInt(opset -> Math.toIntExact(opset.getVersion()))
        .max()
        .orElse(1);
  }

  /** Returns the versions of the other operator sets, by domain. */
  public Map<String, Long> otherOpsets() {
    Map<String, Long> others = new LinkedHashMap<>();
    for (OperatorSetIdProto opset : proto.getOpsetImportList()) {
      if (!opset.getDomain().isEmpty() && !opset.getDomain().equals("ai.onnx")) {
        others.put(opset.getDomain(), opset.getVersion());
      }
    }
    return others;
  }

  /** Returns what wrote the model, such as {@code pytorch 2.4}; may be empty. */
  public String producer() {
    return (proto.getProducerName() + " " + proto.getProducerVersion()).strip();
  }

  /** Returns the inputs that a caller feeds; constants are not among them. */
  public List<TensorInfo> inputs() {
    return inputs;
  }

  /** Returns the input of the given name. */
  public Optional<TensorInfo> input(String wanted) {
    return inputs.stream().filter(input -> input.name().equals(wanted)).findFirst();
  }

  /** Returns the outputs. */
  public List<TensorInfo> outputs() {
    return outputs;
  }

  /** Returns the nodes, each after those whose outputs it reads. */
  public List<Node> nodes() {
    return nodes;
  }

  /** Returns the constants by name, in the order of the file. */
  public Map<String, ConstantTensor> constants() {
    return constants;
  }

  /** Returns the node that writes a value; empty for inputs, constants and unknown names. */
  public Optional<Node> producer(Value value) {
    return Optional.ofNullable(producers.get(value.name()));
  }

  /** Returns whether the model has an input, constant or node output of that name. */
  public boolean knows(String value) {
    return producers.containsKey(value) || constants.containsKey(value) || input(value).isPresent();
  }

  /** Returns the number of elements of all constants of floating type. */
  public long parameters() {
    return constants.values().stream()
        .filter(constant -> constant.type().isFloating())
        .mapToLong(constant -> constant.shape().elements())
        .sum();
  }
}
