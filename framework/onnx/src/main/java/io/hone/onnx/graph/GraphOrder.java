package io.hone.onnx.graph;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Sorts the nodes of a graph so that each follows those it reads from, and finds broken graphs. */
final class GraphOrder {
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, Node> producers = new HashMap<>();

  private GraphOrder() {}

  static GraphOrder of(GraphProto graph) {
    GraphOrder order = new GraphOrder();
    Set<String> given = new HashSet<>();
    graph.getInputList().forEach(input -> given.add(input.getName()));
    graph.getInitializerList().forEach(tensor -> given.add(tensor.getName()));
    graph.getSparseInitializerList().forEach(tensor -> given.add(tensor.getValues().getName()));
    List<Node> unsorted = new ArrayList<>();
    for (NodeProto proto : graph.getNodeList()) {
      Node node = Node.of(proto);
      unsorted.add(node);
      for (String output : node.writes()) {
        if (given.contains(output) || order.producers.put(output, node) != null) {
          throw new OnnxFormatException(
              "the value '" + output + "' of the " + node.describe() + " is written twice");
        }
      }
    }
    order.sort(unsorted, given);
    graph
        .getOutputList()
        .forEach(
            output -> {
              if (!given.contains(output.getName())
                  && !order.producers.containsKey(output.getName())) {
                throw new OnnxFormatException(
                    "nothing writes the output '" + output.getName() + "'");
              }
            });
    return order;
  }

  private void sort(List<Node> unsorted, Set<String> given) {
    Map<Node, Integer> missing = new LinkedHashMap<>();
    Map<String, List<Node>> readers = new HashMap<>();
    Deque<Node> ready = new ArrayDeque<>();
    for (Node node : unsorted) {
      int count = 0;
      for (String read : node.reads()) {
        if (producers.containsKey(read)) {
          readers.computeIfAbsent(read, name -> new ArrayList<>()).add(node);
          count++;
        } else if (!given.contains(read)) {
          throw new OnnxFormatException(
              "the " + node.describe() + " reads '" + read + "', which nothing writes");
        }
      }
      missing.put(node, count);
    }
    // Files that are in order already, as they should be, keep their order.
    Set<String> written = new HashSet<>(given);
    boolean sorted = true;
    for (Node node : unsorted) {
      sorted &= written.containsAll(node.reads());
      written.addAll(node.writes());
    }
    if (sorted) {
      nodes.addAll(unsorted);
      return;
    }
    missing.forEach(
        (node, count) -> {
          if (count == 0) {
            ready.add(node);
          }
        });
    while (!ready.isEmpty()) {
      Node node = ready.remove();
      nodes.add(node);
      for (String output : node.writes()) {
        for (Node reader : readers.getOrDefault(output, List.of())) {
          if (missing.merge(reader, -1, Integer::sum) == 0) {
            ready.add(reader);
          }
        }
      }
    }
    if (nodes.size() < unsorted.size()) {
      Node stuck =
          unsorted.stream().filter(node -> missing.get(node) > 0).findFirst().orElseThrow();
      throw new OnnxFormatException(
          "the graph has a cycle: the " + stuck.describe() + " reads what follows from its output");
    }
  }

  List<Node> nodes() {
    return List.copyOf(nodes);
  }

  Map<String, Node> producers() {
    return Map.copyOf(producers);
  }
}
