package io.hone.onnx.batchaxis;

import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.TensorInfo;
import io.hone.onnx.graph.Value;
import io.hone.onnx.operator.OperatorTrait;
import io.hone.onnx.shape.Shapes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;

/**
 * Follows the images of a batch through a graph of the library's opset: for every value either
 * where the images are in it, or that it is the same for all of them. Each rule holds for any
 * number of images, so that what it tells of the whole graph holds by induction.
 *
 * <p>An axis of size 1 can be the batch or not: where a Reshape leaves the choice, each is tried,
 * the likeliest first, until no node further on objects.
 */
final class BatchFlow {
  /** Visits per node before the search for a consistent choice is given up. */
  private static final int PATIENCE = 50;

  private final OnnxModel model;
  private final Shapes shapes;
  private final Dimension images;
  private final Value input;
  private final GraphEditor graph;
  private final Map<String, Rows> rows = new HashMap<>();
  private final List<List<Node>> written = new ArrayList<>();
  private final Map<Integer, Integer> choices = new HashMap<>();
  private final Map<Integer, Integer> alternatives = new HashMap<>();

  private BatchFlow(OnnxModel model, TensorInfo input, Dimension images) {
    this.model = model;
    this.shapes = Shapes.of(model);
    this.images = images;
    this.input = new Value(input.name());
    this.graph = GraphEditor.of(model);
    rows.put(input.name(), Rows.plain(0));
  }

  /** Starts at an input whose first axis is the batch. */
  static BatchFlow of(OnnxModel model, TensorInfo input) {
    return new BatchFlow(
        model, input, Shapes.of(model).of(new Value(input.name())).orElseThrow().axis(0));
  }

  /**
   * Follows the images up to an output; nodes that it does not need are left out.
   *
   * @throws BatchObstacle naming the first node that stops them
   */
  void follow(String output) {
    List<Node> nodes = needed(output);
    nodes.forEach(node -> written.add(List.of()));
    BatchObstacle first = null;
    long patience = (long) PATIENCE * nodes.size();
    for (int i = 0; i < nodes.size(); i++) {
      try {
        follow(nodes.get(i), i);
        if (i == nodes.size() - 1) {
          checkOutput(output);
        }
      } catch (BatchObstacle obstacle) {
        first = first == null ? obstacle : first;
        int retry = lastChoice(i);
        if (retry < 0 || --patience < 0) {
          throw isCertain() ? first : new BatchObstacle(first.getMessage(), false);
        }
        choices.merge(retry, 1, Integer::sum);
        for (int later = retry + 1; later <= i; later++) {
          choices.remove(later);
          alternatives.remove(later);
        }
        patience -= i - retry;
        i = retry - 1;
      }
    }
  }

  private void checkOutput(String output) {
    if (rows.containsKey(output) && !rows.get(output).equals(Rows.plain(0))) {
      throw new BatchObstacle(
          "the images are not along the first axis of the output '" + output + "'", false);
    }
  }

  /** Where a reading was chosen, what followed from it may not be what the model means. */
  private boolean isCertain() {
    return alternatives.values().stream().allMatch(count -> count == 1);
  }

  private int lastChoice(int from) {
    for (int i = from; i >= 0; i--) {
      if (choices.getOrDefault(i, 0) + 1 < alternatives.getOrDefault(i, 0)) {
        return i;
      }
    }
    return -1;
  }

  private List<Node> needed(String output) {
    Set<String> values = new HashSet<>(Set.of(output));
    Deque<Node> found = new ArrayDeque<>();
    for (int i = model.nodes().size() - 1; i >= 0; i--) {
      Node node = model.nodes().get(i);
      if (node.writes().stream().anyMatch(values::contains)) {
        found.addFirst(node);
        values.addAll(node.reads());
      }
    }
    return List.copyOf(found);
  }

  private void follow(Node node, int index) {
    node.writes().forEach(rows::remove);
    graph.setNodes(List.of());
    if (OperatorTrait.DRAWS.isOf(node.operator())) {
      throw obstacle(node, "draws random numbers", false);
    }
    if (node.reads().stream().noneMatch(rows::containsKey)) {
      graph.add(node);
      if (!images.isFixed()) {
        SharedRows.of(node, this).ifPresent(shared -> tell(node.output(0), shared));
      }
    } else {
      RowRule rule = node.hasSubgraph() ? null : RowRules.of(node);
      if (rule == null) {
        throw obstacle(node, "is no operator that images can be followed through", false);
      }
      try {
        rule.follow(new BatchStep(node, index, this));
      } catch (IndexOutOfBoundsException
          | ArithmeticException
          | IllegalArgumentException
          | NoSuchElementException e) {
        throw obstacle(node, "has attributes that do not fit its inputs", false);
      }
    }
    written.set(index, graph.nodes());
  }

  static BatchObstacle obstacle(Node node, String reason, boolean mixing) {
    return new BatchObstacle("the " + node.describe() + " " + reason, mixing);
  }

  /** Returns where the images are in a value; empty if it is the same for all images. */
  Optional<Rows> rows(Value value) {
    return Optional.ofNullable(rows.get(value.name()));
  }

  void tell(Value value, Rows told) {
    if (!value.isAbsent()) {
      rows.put(value.name(), told);
    }
  }

  Shapes shapes() {
    return shapes;
  }

  /** Returns the number of images: that which was frozen, or a name. */
  Dimension images() {
    return images;
  }

  Value input() {
    return input;
  }

  GraphEditor graph() {
    return graph;
  }

  /** Picks one of several readings of a node; the next one where the first led nowhere. */
  <T> T choose(int index, List<T> readings) {
    alternatives.put(index, readings.size());
    return readings.get(choices.getOrDefault(index, 0));
  }

  /** Returns the graph for any number of images. */
  GraphEditor rewritten() {
    List<Node> nodes = new ArrayList<>();
    written.forEach(nodes::addAll);
    graph.setNodes(nodes);
    return graph;
  }
}
