package io.hone.onnx.shape;

import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import io.hone.onnx.operator.OperatorTrait;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The shape rule of each operator that has one. */
final class ShapeRules {
  private static final Map<String, ShapeRule> RULES = rules();

  private ShapeRules() {}

  /** Returns the rule of an operator, or null. */
  static ShapeRule of(String operator) {
    return RULES.get(operator);
  }

  /** Returns the names of the operators that have a rule. */
  static Set<String> operators() {
    return RULES.keySet();
  }

  private static Map<String, ShapeRule> rules() {
    Map<String, ShapeRule> rules = new HashMap<>();
    OperatorTrait.KEEPS_SHAPE
        .operators()
        .forEach(operator -> rules.put(operator, ShapeRules::sameAsFirst));
    OperatorTrait.ELEMENTWISE
        .operators()
        .forEach(operator -> rules.put(operator, ShapeRules::sameAsFirst));
    OperatorTrait.BROADCASTING
        .operators()
        .forEach(operator -> rules.put(operator, ShapeRules::broadcast));
    OperatorTrait.REDUCING.operators().forEach(operator -> rules.put(operator, ShapeRules::reduce));
    rules.put("ArgMax", ShapeRules::argument);
    rules.put("ArgMin", ShapeRules::argument);
    rules.put("Conv", WindowShapes::convolution);
    rules.put("ConvTranspose", WindowShapes::transposedConvolution);
    rules.put("MaxPool", WindowShapes::pool);
    rules.put("AveragePool", WindowShapes::pool);
    rules.put("LpPool", WindowShapes::pool);
    rules.put("GlobalAveragePool", WindowShapes::globalPool);
    rules.put("GlobalMaxPool", WindowShapes::globalPool);
    rules.put("GlobalLpPool", WindowShapes::globalPool);
    rules.put("Gemm", ShapeRules::gemm);
    rules.put("MatMul", ShapeRules::matMul);
    rules.put("ConstantOfShape", MadeShapes::constantOfShape);
    rules.put("Range", MadeShapes::range);
    rules.put("NonZero", MadeShapes::nonZero);
    rules.put("Concat", RearrangingShapes::concat);
    rules.put("CenterCropPad", SelectionShapes::centerCropPad);
    rules.put("Compress", SelectionShapes::compress);
    rules.put("DepthToSpace", SelectionShapes::depthToSpace);
    rules.put("Einsum", ShapeRules::einsum);
    rules.put("GatherElements", SelectionShapes::gatherElements);
    rules.put("GatherND", SelectionShapes::gatherBlocks);
    rules.put("OneHot", SelectionShapes::oneHot);
    rules.put("SpaceToDepth", SelectionShapes::spaceToDepth);
    rules.put("TopK", SelectionShapes::topK);
    rules.put("Col2Im", WindowShapes::patches);
    rules.put("GridSample", WindowShapes::gridSample);
    rules.put("MaxUnpool", WindowShapes::unpool);
    rules.put("Expand", RearrangingShapes::expand);
    rules.put("Flatten", RearrangingShapes::flatten);
    rules.put("Gather", RearrangingShapes::gather);
    rules.put("Pad", RearrangingShapes::pad);
    rules.put("Reshape", RearrangingShapes::reshape);
    rules.put("Resize", RearrangingShapes::resize);
    rules.put("Slice", RearrangingShapes::slice);
    rules.put("Split", RearrangingShapes::split);
    rules.put("Squeeze", RearrangingShapes::squeeze);
    rules.put("Tile", RearrangingShapes::tile);
    rules.put("RandomNormal", ShapeRules::drawn);
    rules.put("RandomUniform", ShapeRules::drawn);
    rules.put("Transpose", RearrangingShapes::transpose);
    rules.put("Unsqueeze", RearrangingShapes::unsqueeze);
    return rules;
  }

  private static void sameAsFirst(Node node, Shapes shapes) {
    shapes.of(node.input(0)).ifPresent(shape -> shapes.tell(node.output(0), shape));
  }

  private static void drawn(Node node, Shapes shapes) {
    node.integers("shape").ifPresent(sizes -> shapes.tell(node.output(0), Shape.of(sizes)));
  }

  private static void broadcast(Node node, Shapes shapes) {
    Shape result = Shape.of(new long[0]);
    for (Value input : node.inputs()) {
      Optional<Shape> shape = shapes.of(input);
      if (shape.isEmpty()) {
        return;
      }
      result = broadcast(result, shape.get());
    }
    shapes.tell(node.output(0), result);
  }

  static Shape broadcast(Shape left, Shape right) {
    int rank = Math.max(left.rank(), right.rank());
    List<Dimension> dimensions = new ArrayList<>();
    for (int axis = -rank; axis < 0; axis++) {
      Dimension a = axis + left.rank() < 0 ? Dimension.of(1) : left.axis(axis);
      Dimension b = axis + right.rank() < 0 ? Dimension.of(1) : right.axis(axis);
      dimensions.add(broadcast(a, b));
    }
    return new Shape(dimensions);
  }

  private static Dimension broadcast(Dimension a, Dimension b) {
    if (a.sameAs(b) || b.size() == 1) {
      return a;
    }
    if (a.size() == 1 || b.isFixed()) {
      return b;
    }
    return a.isFixed() ? a : Dimension.derived("broadcast", a, b);
  }

  private static void reduce(Node node, Shapes shapes) {
    Optional<Shape> shape = shapes.of(node.input(0));
    boolean named = !node.input(1).isAbsent() || node.has("axes");
    Optional<long[]> axes = named ? shapes.parameter(node, 1, "axes") : Optional.of(new long[0]);
    if (shape.isEmpty() || axes.isEmpty()) {
      return;
    }
    boolean all = axes.get().length == 0;
    if (all && node.integer("noop_with_empty_axes", 0) != 0) {
      shapes.tell(node.output(0), shape.get());
    } else {
      remove(node, shapes, shape.get(), axes.get(), all);
    }
  }

  private static void argument(Node node, Shapes shapes) {
    shapes
        .of(node.input(0))
        .ifPresent(
            shape -> remove(node, shapes, shape, new long[] {node.integer("axis", 0)}, false));
  }

  private static void remove(Node node, Shapes shapes, Shape shape, long[] axes, boolean all) {
    boolean[] reduced = new boolean[shape.rank()];
    for (long axis : axes) {
      reduced[(int) (axis < 0 ? axis + shape.rank() : axis)] = true;
    }
    List<Dimension> dimensions = new ArrayList<>();
    for (int axis = 0; axis < shape.rank(); axis++) {
      if (!all && !reduced[axis]) {
        dimensions.add(shape.axis(axis));
      } else if (node.integer("keepdims", 1) != 0) {
        dimensions.add(Dimension.of(1));
      }
    }
    shapes.tell(node.output(0), new Shape(dimensions));
  }

  private static void gemm(Node node, Shapes shapes) {
    Optional<Shape> a = shapes.of(node.input(0));
    Optional<Shape> b = shapes.of(node.input(1));
    if (a.isPresent() && b.isPresent()) {
      shapes.tell(
          node.output(0),
          Shape.of(
              a.get().axis(node.integer("transA", 0) == 0 ? 0 : 1),
              b.get().axis(node.integer("transB", 0) == 0 ? 1 : 0)));
    }
  }

  private static void matMul(Node node, Shapes shapes) {
    Optional<Shape> left = shapes.of(node.input(0));
    Optional<Shape> right = shapes.of(node.input(1));
    if (left.isEmpty() || right.isEmpty() || left.get().rank() == 0 || right.get().rank() == 0) {
      return;
    }
    Shape a = left.get();
    Shape b = right.get();
    List<Dimension> dimensions = new ArrayList<>();
    if (a.rank() > 2 || b.rank() > 2) {
      dimensions.addAll(broadcast(leading(a), leading(b)).dimensions());
    }
    if (a.rank() > 1) {
      dimensions.add(a.axis(-2));
    }
    if (b.rank() > 1) {
      dimensions.add(b.axis(-1));
    }
    shapes.tell(node.output(0), new Shape(dimensions));
  }

  private static void einsum(Node node, Shapes shapes) {
    List<Shape> operands = new ArrayList<>();
    for (Value input : node.inputs()) {
      shapes.of(input).ifPresent(operands::add);
    }
    if (operands.size() == node.inputs().size()) {
      EinsumEquation equation =
          EinsumEquation.of(node, operands.stream().map(Shape::rank).toList());
      List<Dimension> sizes =
          equation
              .result()
              .chars()
              .mapToObj(letter -> equation.size((char) letter, operands))
              .toList();
      shapes.tell(node.output(0), new Shape(sizes));
    }
  }

  private static Shape leading(Shape shape) {
    return new Shape(shape.dimensions().subList(0, Math.max(0, shape.rank() - 2)));
  }
}
