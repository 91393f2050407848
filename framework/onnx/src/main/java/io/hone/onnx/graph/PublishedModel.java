package io.hone.onnx.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Makes a model ready for readers who know nothing of how it was made: inputs and outputs under
 * chosen names, everything described.
 */
public final class PublishedModel {
  private final OnnxModel model;
  private final Map<String, String> names = new LinkedHashMap<>();
  private final Map<String, String> meanings = new HashMap<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();
  private String description = "";

  private PublishedModel(OnnxModel model) {
    this.model = model;
  }

  /** Starts from a model, which stays as it is. */
  public static PublishedModel of(OnnxModel model) {
    return new PublishedModel(model);
  }

  /**
   * Gives an input or output another name.
   *
   * @param name what it is called so far
   * @param wanted what it is called from now on; another value of that name makes room
   * @param meaning what a reader should know of it
   */
  public PublishedModel port(String name, String wanted, String meaning) {
    names.put(name, wanted);
    meanings.put(wanted, meaning);
    return this;
  }

  /** Says what the model is. */
  public PublishedModel description(String text) {
    this.description = text;
    return this;
  }

  /** Adds an entry to the model's metadata. */
  public PublishedModel metadata(String key, String value) {
    metadata.put(key, value);
    return this;
  }

  /** Builds the model. */
  public OnnxModel build() {
    ModelProto.Builder built = model.toProto().toBuilder();
    Set<String> taken = new HashSet<>();
    rename(
        built.getGraphBuilder(),
        name -> {
          taken.add(name);
          return name;
        });
    makeRoom(taken);
    rename(built.getGraphBuilder(), name -> names.getOrDefault(name, name));
    built.getGraphBuilder().getInputBuilderList().forEach(this::explain);
    built.getGraphBuilder().getOutputBuilderList().forEach(this::explain);
    built.setDocString(description);
    metadata.forEach(
        (key, value) ->
            built.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
    return OnnxModel.of(built.build(), model.name());
  }

  /** Finds a free name for every other value that has a name that is wanted. */
  private void makeRoom(Set<String> taken) {
    for (String wanted : Set.copyOf(names.values())) {
      if (taken.contains(wanted) && !names.containsKey(wanted)) {
        int number = 1;
        while (taken.contains(wanted + "_" + number)
            || names.containsValue(wanted + "_" + number)) {
          number++;
        }
        names.put(wanted, wanted + "_" + number);
      }
    }
  }

  private void explain(ValueInfoProto.Builder port) {
    String meaning = meanings.get(port.getName());
    if (meaning != null) {
      port.setDocString(meaning);
    }
  }

  /** Renames the values of a graph and of the graphs in it, which may read the same values. */
  private static void rename(GraphProto.Builder graph, UnaryOperator<String> change) {
    graph.getInputBuilderList().forEach(port -> port.setName(change.apply(port.getName())));
    graph.getOutputBuilderList().forEach(port -> port.setName(change.apply(port.getName())));
    graph.getValueInfoBuilderList().forEach(port -> port.setName(change.apply(port.getName())));
    graph
        .getInitializerBuilderList()
        .forEach(constant -> constant.setName(change.apply(constant.getName())));
    for (NodeProto.Builder node : graph.getNodeBuilderList()) {
      for (int i = 0; i < node.getInputCount(); i++) {
        if (!node.getInput(i).isEmpty()) {
          node.setInput(i, change.apply(node.getInput(i)));
        }
      }
      for (int i = 0; i < node.getOutputCount(); i++) {
        if (!node.getOutput(i).isEmpty()) {
          node.setOutput(i, change.apply(node.getOutput(i)));
        }
      }
      for (AttributeProto.Builder attribute : node.getAttributeBuilderList()) {
        if (attribute.hasG()) {
          rename(attribute.getGBuilder(), change);
        }
        attribute.getGraphsBuilderList().forEach(body -> rename(body, change));
      }
    }
  }
}
