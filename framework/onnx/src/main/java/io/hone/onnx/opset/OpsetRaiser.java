package io.hone.onnx.opset;

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
   * Returns the model in the form of opset {@value #OPSET}, without the operators that are {@link
   * #composed} of others; the model itself if it is in that form. Inputs, outputs and the names of
   * all values stay. A batch normalisation in training mode has momentum 0 afterwards, so that its
   * further outputs are the batch's statistics.
   *
   * @throws OpsetException if the opset is older than {@value #OLDEST} or newer than {@value
   *     #NEWEST}, or a node's meaning cannot be kept
   */
  public static OnnxModel raise(OnnxModel model) {
    if (model.opset() == OPSET && model.nodes().stream().noneMatch(OpsetRaiser::isRewritten)) {
      return model;
    }
    GraphEditor graph = GraphEditor.of(model);
    graph.setNodes(List.of());
    graph.setOpset(OPSET);
    try {
      addAll(model.nodes(), graph, model.opset());
    } catch (OpsetException e) {
      throw new OpsetException(model.name() + ": " + e.getMessage());
    }
    return graph.build(model.name());
  }

  private static boolean isRewritten(Node node) {
    return ComposedOperators.contain(node) || TrainingNormalization.isMixing(node);
  }

  private static void addAll(List<Node> nodes, GraphEditor graph, int opset) {
    for (Node node : nodes) {
      Node inside =
          node.withSubgraphs(
              subgraph -> {
                GraphEditor body = graph.body();
                addAll(subgraph, body, opset);
                return body.nodes();
              });
      graph.add(raise(inside, graph, opset));
    }
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

  /**
   * Returns the operators that are written in simpler ones, so that no model in the form of opset
   * {@value #OPSET} has them.
   */
  public static SortedSet<String> composed() {
    return ComposedOperators.names();
  }

  /**
   * Writes one node in the form of opset {@value #OPSET}; its subgraphs stay as they are.
   *
   * @param graph receives the nodes that come before it, and constants
   * @param opset of the node
   * @return the node that writes the outputs of the one given, not yet added
   * @throws OpsetException as {@link #raise(OnnxModel)} does
   */
  public static Node raise(Node node, GraphEditor graph, int opset) {
    if (opset < OLDEST || opset > NEWEST) {
      throw new OpsetException(
          "is of opset "
              + opset
              + ", but opsets "
              + OLDEST
              + " to "
              + NEWEST
              + " can be read; export the model with opset "
              + OPSET);
    }
    if (!node.domain().isEmpty()) {
      return node;
    }
    if (ComposedOperators.contain(node)) {
      return ComposedOperators.decompose(node, graph, opset);
    }
    Node current = opset > OPSET ? OpsetChanges.lower(node, graph, opset) : node;
    int version = opset;
    for (Optional<OpsetChange> change = next(current, version);
        change.isPresent();
        change = next(current, version)) {
      version = change.get().version();
      current = change.get().rewrite().rewrite(current, graph);
    }
    return TrainingNormalization.isMixing(current)
        ? TrainingNormalization.unmix(current, graph)
        : current;
  }

  private static Optional<OpsetChange> next(Node node, int version) {
    return CHANGES.getOrDefault(node.operator(), List.of()).stream()
        .filter(change -> change.version() > version)
        .findFirst();
  }
}
