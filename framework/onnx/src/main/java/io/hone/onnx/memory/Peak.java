package io.hone.onnx.memory;

import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.TensorInfo;
import io.hone.onnx.graph.Value;
import io.hone.onnx.operator.OperatorTrait;
import io.hone.onnx.shape.Shapes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Walks over a graph in its order and finds the most bytes that its values take at once. */
final class Peak {
  private final OnnxModel model;
  private final Shapes shapes;
  private final Map<String, Integer> lastReads = new HashMap<>();
  private final Map<String, Block> blocks = new HashMap<>();
  private final Set<String> kept = new HashSet<>();
  private long live;
  private long bytes;
  private int guessed;

  private Peak(OnnxModel model) {
    this.model = model;
    this.shapes = Shapes.of(model);
  }

  /** Memory that one or several values stand for. */
  private static final class Block {
    private final long size;
    private int values;

    Block(long size) {
      this.size = size;
    }
  }

  static Peak of(OnnxModel model) {
    Peak peak = new Peak(model);
    peak.walk();
    return peak;
  }

  /** Returns the most bytes at once, inputs and outputs included, constants left out. */
  long bytes() {
    return bytes;
  }

  /** Returns how many values are of unknown shape. */
  int guessed() {
    return guessed;
  }

  private void walk() {
    List<Node> nodes = model.nodes();
    for (int i = 0; i < nodes.size(); i++) {
      for (String read : nodes.get(i).reads()) {
        lastReads.put(read, i);
      }
    }
    model.inputs().forEach(input -> kept.add(input.name()));
    model.outputs().forEach(output -> kept.add(output.name()));
    for (TensorInfo input : model.inputs()) {
      use(input.name(), new Block(known(new Value(input.name()), input.type()).orElse(0)));
    }
    for (int i = 0; i < nodes.size(); i++) {
      step(nodes.get(i), i);
    }
  }

  private void step(Node node, int index) {
    for (int output = 0; output < node.outputs().size(); output++) {
      Value value = node.output(output);
      if (!value.isAbsent()) {
        long size = size(node, output);
        Block shared = output == 0 ? shared(node, index, size) : null;
        use(value.name(), shared == null ? new Block(size) : shared);
      }
    }
    bytes = Math.max(bytes, live);
    node.reads().stream().filter(read -> lastReads.get(read) == index).forEach(this::release);
    node.writes().stream()
        .filter(written -> !lastReads.containsKey(written))
        .forEach(this::release);
  }

  private void use(String value, Block block) {
    if (block.values++ == 0) {
      live = Sizes.sum(live, block.size);
    }
    blocks.put(value, block);
  }

  private void release(String value) {
    Block block = kept.contains(value) ? null : blocks.remove(value);
    if (block != null && --block.values == 0) {
      live -= block.size;
    }
  }

  /** Returns the memory that a node's first output takes over from an input, or null. */
  private Block shared(Node node, int index, long size) {
    if (!node.domain().isEmpty()) {
      return null;
    }
    if (OperatorTrait.VIEWS.isOf(node)) {
      return blocks.get(node.input(0).name());
    }
    if (!OperatorTrait.OVERWRITES.isOf(node)) {
      return null;
    }
    return node.inputs().stream()
        .map(Value::name)
        .filter(input -> !kept.contains(input) && lastReads.getOrDefault(input, -1) == index)
        .map(blocks::get)
        .filter(block -> block != null && block.values == 1 && block.size == size)
        .findFirst()
        .orElse(null);
  }

  private long size(Node node, int output) {
    boolean places = output == 1 && OperatorTrait.FINDS_PLACES.isOf(node.operator());
    ElementType type =
        places ? ElementType.INT64 : shapes.typeOf(node.output(output)).orElse(ElementType.FLOAT);
    OptionalLong size = known(node.output(output), type);
    if (size.isEmpty() && places) {
      size = known(node.output(0), type);
    }
    if (size.isPresent()) {
      return size.getAsLong();
    }
    guessed++;
    return node.reads().stream()
        .map(blocks::get)
        .filter(block -> block != null)
        .mapToLong(block -> block.size)
        .max()
        .orElse(0);
  }

  private OptionalLong known(Value value, ElementType type) {
    Optional<Shape> shape = shapes.of(value);
    return shape.isPresent() ? Sizes.bytes(shape.get(), type) : OptionalLong.empty();
  }
}
