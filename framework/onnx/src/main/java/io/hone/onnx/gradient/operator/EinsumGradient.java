package io.hone.onnx.gradient.operator;

import io.hone.onnx.gradient.rule.BackwardStep;
import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import io.hone.onnx.shape.EinsumEquation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Gradient of Einsum: to each operand it is the Einsum of the gradient with all other operands.
 * Letters that only this operand has were summed, so that the gradient is the same along them; a
 * letter that is given twice in it read a diagonal, on which the gradient is put by a unit matrix.
 */
final class EinsumGradient {
  private final BackwardStep step;
  private final EinsumEquation equation;
  private final List<Shape> shapes = new ArrayList<>();

  private EinsumGradient(BackwardStep step) {
    this.step = step;
    List<Integer> ranks = new ArrayList<>();
    for (Value operand : step.node().inputs()) {
      ranks.add(step.rank(operand));
      shapes.add(step.shape(operand).orElseThrow());
    }
    this.equation = EinsumEquation.of(step.node(), ranks);
  }

  static void differentiate(BackwardStep step) {
    EinsumGradient gradient = new EinsumGradient(step);
    for (int i = 0; i < step.node().inputs().size(); i++) {
      if (step.wants(i)) {
        step.give(i, gradient.to(i));
      }
    }
  }

  private Value to(int operand) {
    String letters = equation.operands().get(operand);
    List<Value> factors = new ArrayList<>(List.of(step.gradient()));
    List<String> terms = new ArrayList<>(List.of(equation.result()));
    for (int i = 0; i < equation.operands().size(); i++) {
      if (i != operand) {
        factors.add(step.x(i));
        terms.add(equation.operands().get(i));
      }
    }
    StringBuilder wanted = new StringBuilder();
    for (int axis = 0; axis < letters.length(); axis++) {
      char letter = letters.charAt(axis);
      if (letters.indexOf(letter) == axis) {
        wanted.append(letter);
      } else {
        char second = EinsumEquation.unused(equation.toString() + wanted, 1).charAt(0);
        wanted.append(second);
        terms.add("" + letter + second);
        factors.add(unitMatrix(operand, axis));
      }
    }
    return fit(operand, product(factors, terms, wanted.toString()));
  }

  private Value unitMatrix(int operand, int axis) {
    Value size = step.sizes(step.x(operand), axis, axis + 1);
    return step.op("EyeLike", step.zeros(step.join(size, size)));
  }

  /** Returns the product with an axis for every wanted letter, of size 1 where no factor has it. */
  private Value product(List<Value> factors, List<String> terms, String wanted) {
    String all = String.join("", terms);
    StringBuilder present = new StringBuilder();
    List<Long> missing = new ArrayList<>();
    for (int axis = 0; axis < wanted.length(); axis++) {
      if (all.indexOf(wanted.charAt(axis)) >= 0) {
        present.append(wanted.charAt(axis));
      } else {
        missing.add((long) axis);
      }
    }
    Value result = einsum(factors, terms, present.toString());
    long[] axes = missing.stream().mapToLong(Long::longValue).toArray();
    return axes.length == 0 ? result : step.op("Unsqueeze", result, step.list(axes));
  }

  /** Runtimes refuse operands without axes: those are multiplied apart. */
  private Value einsum(List<Value> factors, List<String> terms, String result) {
    List<Value> numbers = new ArrayList<>();
    List<Value> others = new ArrayList<>();
    for (int i = 0; i < factors.size(); i++) {
      (terms.get(i).isEmpty() ? numbers : others).add(factors.get(i));
    }
    if (!others.isEmpty()) {
      String left = terms.stream().filter(term -> !term.isEmpty()).collect(Collectors.joining(","));
      numbers.add(
          step.graph()
              .node("Einsum", others.toArray(Value[]::new))
              .with("equation", left + "->" + result)
              .output());
    }
    return numbers.stream().reduce(step::mul).orElseThrow();
  }

  /** Repeats the product along axes that were summed, and sums where the operand was broadcast. */
  private Value fit(int operand, Value product) {
    Shape own = shapes.get(operand);
    boolean complete = true;
    List<Dimension> sizes = new ArrayList<>();
    for (int axis = 0; axis < own.rank(); axis++) {
      char letter = equation.operands().get(operand).charAt(axis);
      boolean inResult = equation.result().indexOf(letter) >= 0;
      complete &= inResult || hasWhole(letter, own.axis(axis), operand);
      sizes.add(equation.size(letter, shapes));
    }
    Value full = complete ? product : step.op("Expand", product, step.shapeOf(step.x(operand)));
    return step.sumTo(full, Optional.of(new Shape(sizes)), step.x(operand));
  }

  /** Whether another operand certainly is as long along a letter that was summed. */
  private boolean hasWhole(char letter, Dimension size, int operand) {
    for (int i = 0; i < shapes.size(); i++) {
      String other = equation.operands().get(i);
      int axis = other.indexOf(letter);
      if (i != operand && axis >= 0 && shapes.get(i).axis(axis).sameAs(size)) {
        return true;
      }
    }
    return false;
  }
}
