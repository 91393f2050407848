package io.hone.onnx.shape;

import io.hone.onnx.folding.Content;
import io.hone.onnx.folding.NodeEvaluation;
import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.TensorInfo;
import io.hone.onnx.graph.Value;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * What can be told about the shapes of a graph's values before it runs. Whatever is told is
 * certain; where an operator is not known, nothing is told about what it writes.
 */
public final class Shapes {
  private final Map<String, Shape> shapes = new HashMap<>();
  private final Map<String, Tracked> tracked = new HashMap<>();
  private final Map<String, Content> contents = new HashMap<>();
  private final Map<String, ElementType> types = new HashMap<>();
  private final Map<String, ConstantTensor> constants;

  private Shapes(Map<String, ConstantTensor> constants) {
    this.constants = constants;
  }

  /** Follows the shapes of a model of any opset from its inputs on. */
  public static Shapes of(OnnxModel model) {
    Shapes shapes = new Shapes(model.constants());
    for (TensorInfo input : model.inputs()) {
      Value value = new Value(input.name());
      input.shape().ifPresent(shape -> shapes.tell(value, shape));
      shapes.tellType(value, input.type());
    }
    model.constants().forEach((name, tensor) -> shapes.shapes.put(name, tensor.shape()));
    model.constants().forEach((name, tensor) -> shapes.types.put(name, tensor.type()));
    model.nodes().forEach(shapes::follow);
    return shapes;
  }

  /** Tells ranks, and the sizes of constants alone: as for a model of which no size is known. */
  public static Shapes ranksOnly(OnnxModel model) {
    Shapes full = of(model);
    Shapes ranks = new Shapes(model.constants());
    ranks.types.putAll(full.types);
    full.shapes.forEach(
        (name, shape) ->
            ranks.shapes.put(
                name,
                model.constants().containsKey(name)
                    ? shape
                    : new Shape(Collections.nCopies(shape.rank(), Dimension.UNKNOWN))));
    return ranks;
  }

  /** Returns the type of a value's elements, where it follows from the inputs' types. */
  public Optional<ElementType> typeOf(Value value) {
    return Optional.ofNullable(types.get(value.name()));
  }

  private void follow(Node node) {
    TypeRules.follow(node, this);
    if (evaluate(node)) {
      return;
    }
    ShapeRule rule = node.domain().isEmpty() ? ShapeRules.of(node.operator()) : null;
    try {
      if (rule != null) {
        rule.follow(node, this);
      }
    } catch (ArithmeticException | IndexOutOfBoundsException | IllegalArgumentException e) {
      // A node whose attributes contradict its inputs fails where it runs; nothing is told here.
      node.writes().forEach(shapes::remove);
      return;
    }
    try {
      TrackedRules.follow(node, this);
    } catch (ArithmeticException
        | IndexOutOfBoundsException
        | IllegalArgumentException
        | NoSuchElementException e) {
      // Integers that cannot be followed leave the shape as it was told.
      node.writes().forEach(tracked::remove);
    }
  }

  private boolean evaluate(Node node) {
    if (!NodeEvaluation.covers(node)) {
      return false;
    }
    List<Optional<Content>> inputs = node.inputs().stream().map(this::content).toList();
    for (int i = 0; i < inputs.size(); i++) {
      if (inputs.get(i).isEmpty() && !node.input(i).isAbsent()) {
        return false;
      }
    }
    Optional<List<Content>> outputs = NodeEvaluation.of(node, inputs);
    outputs.ifPresent(
        all -> {
          for (int i = 0; i < Math.min(all.size(), node.outputs().size()); i++) {
            tell(node.output(i), all.get(i));
          }
        });
    return outputs.isPresent();
  }

  /** Returns what the first output of a node would be shaped like if the node read these values. */
  public Optional<Shape> ofWritten(Node node) {
    Shapes scratch = new Shapes(constants);
    scratch.shapes.putAll(shapes);
    scratch.types.putAll(types);
    scratch.tracked.putAll(tracked);
    scratch.contents.putAll(contents);
    for (String written : node.writes()) {
      scratch.shapes.remove(written);
      scratch.tracked.remove(written);
      scratch.contents.remove(written);
    }
    scratch.follow(node);
    return scratch.of(node.output(0));
  }

  /** Returns the shape of a value. */
  public Optional<Shape> of(Value value) {
    return Optional.ofNullable(shapes.get(value.name()));
  }

  /**
   * Returns the elements of a value that is a constant, or that is certain to be the same in every
   * run; empty where there are more than {@link Content#LIMIT}.
   */
  public Optional<Content> content(Value value) {
    Content known = contents.get(value.name());
    if (known != null) {
      return Optional.of(known);
    }
    Optional<Content> read = constant(value).flatMap(Content::of);
    read.ifPresent(content -> contents.put(value.name(), content));
    return read;
  }

  /** Returns the content of a value that is a constant list of integers. */
  public Optional<long[]> integers(Value value) {
    return list(value)
        .filter(list -> list.stream().allMatch(Dimension::isFixed))
        .map(list -> list.stream().mapToLong(Dimension::size).toArray());
  }

  /**
   * Returns the content of a value that lists integers, sizes of other values among them; {@link
   * Dimension#UNKNOWN} for each that is not known.
   */
  public Optional<List<Dimension>> list(Value value) {
    return tracked(value).filter(known -> known.sizes().length <= 1).map(Tracked::elements);
  }

  /** Returns a list that is in an input, or in an attribute in older opsets. */
  Optional<long[]> parameter(Node node, int input, String attribute) {
    return node.input(input).isAbsent() ? node.integers(attribute) : integers(node.input(input));
  }

  /** Returns the elements of a small tensor of integers, as far as they are known. */
  Optional<Tracked> tracked(Value value) {
    Tracked known = tracked.get(value.name());
    if (known != null) {
      return Optional.of(known);
    }
    Optional<ElementType> type = typeOf(value).filter(found -> !found.isFloating());
    return type.flatMap(found -> content(value))
        .filter(content -> content.count() <= Tracked.LIMIT)
        .map(Tracked::of);
  }

  /** Returns a small tensor of integers of which only the shape is known. */
  Optional<Tracked> untold(Value value) {
    return of(value)
        .filter(Shape::isFixed)
        .filter(shape -> shape.elements() <= Tracked.LIMIT)
        .map(shape -> Tracked.unknown(shape.sizes(), (int) shape.elements()));
  }

  /** Returns a constant. */
  Optional<ConstantTensor> constant(Value value) {
    return Optional.ofNullable(constants.get(value.name()));
  }

  /** Tells a shape; axes of unknown size are named, so that what has the same size is found. */
  void tell(Value value, Shape shape) {
    if (value.isAbsent()) {
      return;
    }
    Shape named = shape;
    for (int axis = 0; axis < shape.rank(); axis++) {
      if (shape.axis(axis).equals(Dimension.UNKNOWN)) {
        named = named.with(axis, Dimension.measured(value, axis));
      }
    }
    shapes.put(value.name(), named);
  }

  void tellType(Value value, ElementType type) {
    if (!value.isAbsent()) {
      types.put(value.name(), type);
    }
  }

  void tell(Value value, Tracked integers) {
    Optional<Content> content = typeOf(value).flatMap(integers::content);
    if (content.isPresent()) {
      tell(value, content.get());
    } else {
      shapes.put(value.name(), Shape.of(integers.sizes()));
      tracked.put(value.name(), integers);
    }
  }

  private void tell(Value value, Content content) {
    if (!value.isAbsent()) {
      shapes.put(value.name(), content.shape());
      types.put(value.name(), content.type());
      contents.put(value.name(), content);
    }
  }
}
