package io.hone.onnx.shape;

import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What can be told about the shapes of a graph's values before it runs. Whatever is told is
 * certain; where an operator is not known, nothing is told about what it writes.
 */
public final class Shapes {
  private final Map<String, Shape> shapes = new HashMap<>();
  private final Map<String, List<Dimension>> lists = new HashMap<>();
  private final Map<String, ElementType> types = new HashMap<>();
  private final Map<String, ConstantTensor> constants;

  private Shapes(Map<String, ConstantTensor> constants) {
    this.constants = constants;
  }

  /** Follows the shapes of a model of opset 18 from its inputs on. */
  public static Shapes of(OnnxModel model) {
    Shapes shapes = new Shapes(model.constants());
    model.inputs().forEach(in -> in.shape().ifPresent(s -> shapes.shapes.put(in.name(), s)));
    model.constants().forEach((name, tensor) -> shapes.shapes.put(name, tensor.shape()));
    model.inputs().forEach(in -> shapes.types.put(in.name(), in.type()));
    model.constants().forEach((name, tensor) -> shapes.types.put(name, tensor.type()));
    model.nodes().forEach(shapes::followType);
    model.nodes().forEach(shapes::follow);
    return shapes;
  }

  /** Tells ranks, and the sizes of constants alone: as for a model of which no size is known. */
  public static Shapes ranksOnly(OnnxModel model) {
    Shapes full = of(model);
    Shapes ranks = new Shapes(model.constants());
    full.shapes.forEach(
        (name, shape) ->
            ranks.shapes.put(
                name,
                model.constants().containsKey(name)
                    ? shape
                    : new Shape(Collections.nCopies(shape.rank(), Dimension.UNKNOWN))));
    return ranks;
  }

  private void followType(Node node) {
    if (!node.domain().isEmpty()) {
      return;
    }
    ElementType type =
        switch (node.operator()) {
          case "Cast" -> ElementType.of((int) node.integer("to", 0));
          case "Shape", "Size", "ArgMax", "ArgMin", "NonZero" -> ElementType.INT64;
          case "And",
              "Or",
              "Xor",
              "Not",
              "Equal",
              "Greater",
              "GreaterOrEqual",
              "Less",
              "LessOrEqual",
              "IsNaN",
              "IsInf" ->
              ElementType.BOOL;
          case "Where" -> types.get(node.input(1).name());
          case "Constant",
              "ConstantOfShape",
              "EyeLike",
              "OneHot",
              "DequantizeLinear",
              "QuantizeLinear",
              "If",
              "Loop",
              "Scan" ->
              null;
          default -> types.get(node.input(0).name());
        };
    if (type != null) {
      types.put(node.output(0).name(), type);
    }
  }

  /** Returns the type of a value's elements, where it follows from the inputs' types. */
  public Optional<ElementType> typeOf(Value value) {
    return Optional.ofNullable(types.get(value.name()));
  }

  private void follow(Node node) {
    ShapeRule rule = node.domain().isEmpty() ? ShapeRules.of(node.operator()) : null;
    if (rule == null) {
      return;
    }
    try {
      rule.follow(node, this);
    } catch (ArithmeticException | IndexOutOfBoundsException | IllegalArgumentException e) {
      // A node whose attributes contradict its inputs fails where it runs; nothing is told here.
      node.writes().forEach(shapes::remove);
    }
  }

  /** Returns what the first output of a node would be shaped like if the node read these values. */
  public Optional<Shape> ofWritten(Node node) {
    Shapes scratch = new Shapes(constants);
    scratch.shapes.putAll(shapes);
    scratch.lists.putAll(lists);
    node.writes().forEach(scratch.shapes::remove);
    scratch.follow(node);
    return scratch.of(node.output(0));
  }

  /** Returns the shape of a value. */
  public Optional<Shape> of(Value value) {
    return Optional.ofNullable(shapes.get(value.name()));
  }

  /** Returns the content of a value that is a constant list of integers. */
  public Optional<long[]> integers(Value value) {
    return list(value)
        .filter(list -> list.stream().allMatch(Dimension::isFixed))
        .map(list -> list.stream().mapToLong(Dimension::size).toArray());
  }

  /** Returns the content of a value that lists integers, sizes of other values among them. */
  Optional<List<Dimension>> list(Value value) {
    List<Dimension> known = lists.get(value.name());
    if (known != null) {
      return Optional.of(known);
    }
    ConstantTensor constant = constants.get(value.name());
    if (constant == null || constant.isExternal() || constant.shape().rank() > 1) {
      return Optional.empty();
    }
    return switch (constant.type()) {
      case INT64, INT32 ->
          Optional.of(Arrays.stream(constant.toLongs()).mapToObj(Dimension::of).toList());
      default -> Optional.empty();
    };
  }

  /** Returns a constant. */
  Optional<ConstantTensor> constant(Value value) {
    return Optional.ofNullable(constants.get(value.name()));
  }

  void tell(Value value, Shape shape) {
    if (!value.isAbsent()) {
      shapes.put(value.name(), shape);
    }
  }

  void tellList(Value value, List<Dimension> list) {
    lists.put(value.name(), List.copyOf(list));
  }
}
