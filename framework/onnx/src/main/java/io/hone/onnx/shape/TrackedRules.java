package io.hone.onnx.shape;

import io.hone.onnx.folding.Arrangement;
import io.hone.onnx.folding.Arrangements;
import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** Follows the integers that exporters compute shapes with, sizes of other values among them. */
final class TrackedRules {
  private TrackedRules() {}

  /** Tells what integers a node writes, as far as they are known. */
  static void follow(Node node, Shapes shapes) {
    if (!node.domain().isEmpty()) {
      return;
    }
    Optional<List<Integer>> data = Arrangements.dataInputs(node);
    boolean fixedChoice = !node.is("Where") || shapes.content(node.input(0)).isPresent();
    if (data.isPresent() && fixedChoice) {
      move(node, data.get(), shapes);
      return;
    }
    switch (node.operator()) {
      case "Shape" -> shape(node, shapes);
      case "Size" ->
          shapes
              .of(node.input(0))
              .ifPresent(
                  shape ->
                      shapes.tell(node.output(0), Tracked.single(product(shape.dimensions()))));
      case "Cast" -> cast(node, shapes);
      case "Abs", "Neg", "Not" -> map(node, shapes);
      case "ReduceProd", "ReduceSum", "ReduceMax", "ReduceMin" -> reduce(node, shapes);
      case "Where" -> choose(node, shapes);
      default -> {
        if (DimensionArithmetic.covers(node.operator())) {
          combine(node, shapes);
        }
      }
    }
  }

  static Dimension product(List<Dimension> factors) {
    return factors.stream().reduce(Dimension.of(1), Dimension::times);
  }

  private static void shape(Node node, Shapes shapes) {
    shapes
        .of(node.input(0))
        .ifPresent(
            shape -> {
              int rank = shape.rank();
              int start = clamp(node.integer("start", 0), rank);
              int end = Math.max(start, clamp(node.integer("end", rank), rank));
              shapes.tell(node.output(0), Shape.of(end - start));
              shapes.tell(node.output(0), Tracked.list(shape.dimensions().subList(start, end)));
            });
  }

  private static int clamp(long index, int length) {
    return (int) Math.max(0, Math.min(length, index < 0 ? index + length : index));
  }

  /** Runs the elements through the arrangement that moves them. */
  private static void move(Node node, List<Integer> data, Shapes shapes) {
    List<Value> sources =
        data.stream().map(node::input).filter(value -> !value.isAbsent()).toList();
    if (sources.stream().map(shapes::tracked).allMatch(Optional::isEmpty)) {
      return;
    }
    List<Dimension> pool = new ArrayList<>();
    for (Value source : sources) {
      Optional<Tracked> tracked = shapes.tracked(source).or(() -> shapes.untold(source));
      if (tracked.isEmpty()) {
        return;
      }
      pool.addAll(tracked.get().elements());
    }
    List<Arrangement> moves =
        Arrangements.of(
            node,
            input -> sizes(node.input(input), shapes),
            input -> shapes.content(node.input(input)));
    for (int i = 0; i < moves.size(); i++) {
      if (moves.get(i).sources().length <= Tracked.LIMIT) {
        List<Dimension> moved = Arrays.stream(moves.get(i).sources()).mapToObj(pool::get).toList();
        shapes.tell(node.output(i), Shape.of(moves.get(i).sizes()));
        shapes.tell(node.output(i), new Tracked(moves.get(i).sizes(), moved));
      }
    }
  }

  private static long[] sizes(Value value, Shapes shapes) {
    return shapes
        .of(value)
        .filter(Shape::isFixed)
        .map(Shape::sizes)
        .orElseThrow(() -> new IllegalArgumentException("the shape is not known"));
  }

  private static void cast(Node node, Shapes shapes) {
    ElementType to = ElementType.of((int) node.integer("to", 0));
    boolean wide = to == ElementType.INT64 || to == ElementType.INT32;
    shapes
        .tracked(node.input(0))
        .filter(tracked -> wide)
        .ifPresent(tracked -> shapes.tell(node.output(0), tracked));
  }

  private static void map(Node node, Shapes shapes) {
    shapes
        .tracked(node.input(0))
        .ifPresent(
            tracked ->
                shapes.tell(
                    node.output(0),
                    new Tracked(
                        tracked.sizes(),
                        tracked.elements().stream()
                            .map(element -> DimensionArithmetic.apply(node.operator(), element))
                            .toList())));
  }

  private static void combine(Node node, Shapes shapes) {
    Optional<Tracked> result = operand(node.input(0), shapes);
    for (int i = 1; i < node.inputs().size(); i++) {
      Optional<Tracked> other = operand(node.input(i), shapes);
      if (result.isEmpty() || other.isEmpty()) {
        return;
      }
      result = Optional.of(combine(node, result.get(), other.get()));
    }
    result
        .filter(known -> known.elements().stream().anyMatch(e -> e != Dimension.UNKNOWN))
        .ifPresent(known -> shapes.tell(node.output(0), known));
  }

  private static Optional<Tracked> operand(Value value, Shapes shapes) {
    return shapes.tracked(value).or(() -> shapes.untold(value));
  }

  private static Tracked combine(Node node, Tracked left, Tracked right) {
    long[] sizes = Arrangement.common(left.sizes(), right.sizes());
    List<Dimension> result = new ArrayList<>();
    int[] lefts = Arrangement.repeated(left.sizes(), sizes).sources();
    int[] rights = Arrangement.repeated(right.sizes(), sizes).sources();
    for (int i = 0; i < lefts.length; i++) {
      result.add(
          DimensionArithmetic.apply(
              node.operator(), left.elements().get(lefts[i]), right.elements().get(rights[i])));
    }
    return new Tracked(sizes, result);
  }

  /** Takes what both sides agree on where the condition is not known. */
  private static void choose(Node node, Shapes shapes) {
    Optional<Tracked> condition = shapes.tracked(node.input(0));
    Optional<Tracked> yes = operand(node.input(1), shapes);
    Optional<Tracked> no = operand(node.input(2), shapes);
    if (condition.isEmpty() || yes.isEmpty() || no.isEmpty()) {
      return;
    }
    long[] sizes = Arrangement.common(condition.get().sizes(), yes.get().sizes(), no.get().sizes());
    int[] which = Arrangement.repeated(condition.get().sizes(), sizes).sources();
    int[] ifYes = Arrangement.repeated(yes.get().sizes(), sizes).sources();
    int[] ifNo = Arrangement.repeated(no.get().sizes(), sizes).sources();
    List<Dimension> chosen = new ArrayList<>();
    for (int i = 0; i < which.length; i++) {
      Dimension a = yes.get().elements().get(ifYes[i]);
      Dimension b = no.get().elements().get(ifNo[i]);
      Dimension test = condition.get().elements().get(which[i]);
      if (test.isFixed()) {
        chosen.add(test.size() == 0 ? b : a);
      } else {
        chosen.add(a.sameAs(b) ? a : Dimension.UNKNOWN);
      }
    }
    shapes.tell(node.output(0), new Tracked(sizes, chosen));
  }

  /** Reduces lists to one number; other reductions of sizes nobody writes. */
  private static void reduce(Node node, Shapes shapes) {
    Optional<Tracked> tracked = shapes.tracked(node.input(0));
    if (tracked.isEmpty()
        || tracked.get().sizes().length != 1
        || tracked.get().elements().isEmpty()) {
      return;
    }
    boolean noAxes = node.input(1).isAbsent() && !node.has("axes");
    boolean keeps = node.integer("noop_with_empty_axes", 0) != 0;
    Optional<long[]> axes =
        noAxes
            ? Optional.of(new long[0])
            : shapes.integers(node.input(1)).or(() -> node.integers("axes"));
    if (axes.isEmpty() || (keeps && axes.get().length == 0)) {
      return;
    }
    if (LongStream.of(axes.get()).anyMatch(axis -> axis != 0 && axis != -1)) {
      return;
    }
    Dimension result =
        tracked.get().elements().stream()
            .reduce((a, b) -> DimensionArithmetic.reduce(node.operator(), a, b))
            .orElseThrow();
    shapes.tell(
        node.output(0),
        node.integer("keepdims", 1) == 0 ? Tracked.single(result) : Tracked.list(List.of(result)));
  }
}
