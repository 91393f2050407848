package io.hone.onnx.canonical;

import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Value;
import io.hone.onnx.shape.Shapes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongPredicate;

/** Truth values that are the same whatever images the model is given. */
final class Conditions {
  private final OnnxModel model;
  private final Shapes shapes;
  private final Map<String, Boolean> known = new HashMap<>();

  /** Follows the truth values of a model of opset 18. */
  Conditions(OnnxModel model) {
    this.model = model;
    this.shapes = Shapes.of(model);
    model.nodes().forEach(this::follow);
  }

  /** Returns a value of one element as truth, where it is known. */
  Optional<Boolean> of(Value value) {
    Boolean followed = known.get(value.name());
    if (followed != null) {
      return Optional.of(followed);
    }
    ConstantTensor constant = model.constants().get(value.name());
    return constant != null ? truth(constant) : Optional.empty();
  }

  private static Optional<Boolean> truth(ConstantTensor constant) {
    return constant.type() == ElementType.BOOL
            && !constant.isExternal()
            && constant.shape().elements() == 1
        ? Optional.of(constant.toLongs()[0] != 0)
        : Optional.empty();
  }

  private void follow(Node node) {
    if (node.domain().isEmpty() && !node.outputs().isEmpty()) {
      evaluate(node).ifPresent(truth -> known.put(node.output(0).name(), truth));
    }
  }

  private Optional<Boolean> evaluate(Node node) {
    return switch (node.operator()) {
      case "Constant" -> node.tensor("value").map(ConstantTensor::of).flatMap(Conditions::truth);
      case "Identity", "Reshape", "Squeeze", "Unsqueeze" -> of(node.input(0));
      case "Cast" -> of(node.input(0)).or(() -> number(node.input(0)).map(number -> number != 0));
      case "Not" -> of(node.input(0)).map(truth -> !truth);
      case "And" -> both(node, false);
      case "Or" -> both(node, true);
      case "Xor" -> of(node.input(0)).flatMap(a -> of(node.input(1)).map(b -> a != b));
      case "Equal" -> equal(node);
      case "Less" -> compare(node, difference -> difference < 0);
      case "LessOrEqual" -> compare(node, difference -> difference <= 0);
      case "Greater" -> compare(node, difference -> difference > 0);
      case "GreaterOrEqual" -> compare(node, difference -> difference >= 0);
      default -> Optional.empty();
    };
  }

  /** One operand may decide alone, whatever the other is. */
  private Optional<Boolean> both(Node node, boolean decisive) {
    Optional<Boolean> first = of(node.input(0));
    Optional<Boolean> second = of(node.input(1));
    if (first.equals(Optional.of(decisive)) || second.equals(Optional.of(decisive))) {
      return Optional.of(decisive);
    }
    return first.isPresent() && second.isPresent() ? Optional.of(!decisive) : Optional.empty();
  }

  private Optional<Boolean> equal(Node node) {
    return of(node.input(0))
        .flatMap(a -> of(node.input(1)).map(b -> a.equals(b)))
        .or(() -> compare(node, difference -> difference == 0));
  }

  private Optional<Boolean> compare(Node node, LongPredicate test) {
    return number(node.input(0))
        .flatMap(a -> number(node.input(1)).map(b -> test.test(Long.compare(a, b))));
  }

  /** Returns the only integer that a value holds. */
  private Optional<Long> number(Value value) {
    return shapes.integers(value).filter(list -> list.length == 1).map(list -> list[0]);
  }
}
