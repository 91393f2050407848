package io.hone.onnx.opset;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.OnnxModel;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Rewrites a model of any opset from 7 on in the form of opset {@value #OPSET}, meaning kept. */
public final class OpsetRaiser {
  /** The one opset that the rest of the library knows. */
  public static final int OPSET = 18;

  /** The oldest opset whose broadcasting is today's. */
  public static final int OLDEST = 7;

  /** The newest opset whose changes were looked at. */
  public static final int NEWEST = 24;

  private static final Map<String, List<OpsetChange>> CHANGES =
      OpsetChanges.upward().stream()
          .sorted(Comparator.comparingInt(OpsetChange::version))
          .collect(Collectors.groupingBy(OpsetChange::operator));

  private OpsetRaiser() {}

  /**
   * Returns the model in the form of opset {@value #OPSET}; the model itself if it is of that
   * opset. Inputs, outputs and the names of all values stay.
   *
   * @throws OpsetException if the opset is older than {@value #OLDEST} or newer than {@value
   *     #NEWEST}, or a node's meaning cannot be kept
   */
  public static OnnxModel raise(OnnxModel model) {
    int opset = model.opset();
    if (opset == OPSET) {
      return model;
    }
    if (opset < OLDEST || opset > NEWEST) {
      throw new OpsetException(
          model.name()
              + ": is of opset "
              + opset
              + ", but opsets "
              + OLDEST
              + " to "
              + NEWEST
              + " can be read; export the model with opset "
              + OPSET);
    }
    GraphEditor graph = GraphEditor.of(model);
    graph.setNodes(List.of());
    graph.setOpset(OPSET);
    for (Node node : model.nodes()) {
      try {
        graph.add(raise(node, graph, opset));
      } catch (OpsetException e) {
        throw new OpsetException(model.name() + ": " + e.getMessage());
      }
    }
    return graph.build(model.name());
  }

  /**
   * Returns the opsets from {@value #OLDEST} on in which an operator took a new form that raising
   * rewrites; empty for operators whose oldest form is still valid.
   */
  public static SortedSet<Integer> changesOf(String operator) {
    return CHANGES.getOrDefault(operator, List.of()).stream()
        .map(OpsetChange::version)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Node raise(Node node, GraphEditor graph, int opset) {
    if (!node.domain().isEmpty()) {
      return node;
    }
    if (node.hasSubgraph()) {
      checkSubgraphs(node, opset);
    }
    if (opset > OPSET) {
      return OpsetChanges.lower(node, graph, opset);
    }
    Node current = node;
    int version = opset;
    for (Optional<OpsetChange> change = next(current, version);
        change.isPresent();
        change = next(current, version)) {
      version = change.get().version();
      current = change.get().rewrite().rewrite(current, graph);
    }
    return current;
  }

  private static Optional<OpsetChange> next(Node node, int version) {
    return CHANGES.getOrDefault(node.operator(), List.of()).stream()
        .filter(change -> change.version() > version)
        .findFirst();
  }

  /** Branches and loop bodies are taken as they are: refuses those that would change meaning. */
  private static void checkSubgraphs(Node node, int opset) {
    for (AttributeProto attribute : node.toProto().getAttributeList()) {
      if (attribute.hasG()) {
        checkSubgraph(node, attribute.getG(), opset);
      }
      attribute.getGraphsList().forEach(graph -> checkSubgraph(node, graph, opset));
    }
  }

  private static void checkSubgraph(Node owner, GraphProto graph, int opset) {
    graph.getNodeList().stream()
        .map(Node::of)
        .filter(node -> node.domain().isEmpty())
        .forEach(
            node -> {
              if (opset < OPSET && next(node, opset).isPresent()) {
                throw new OpsetException(
                    "the "
                        + owner.describe()
                        + " holds a "
                        + node.describe()
                        + " in the form of opset "
                        + opset
                        + "; export the model with opset "
                        + OPSET);
              }
              if (node.hasSubgraph()) {
                checkSubgraphs(node, opset);
              }
            });
  }
}
