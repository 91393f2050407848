package io.hone.onnx.folding;

import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.ElementType;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;

/** Operators that make tensors from sizes, bounds and patterns. */
final class Generators {
  /** Beyond this a float no longer holds every integer. */
  private static final double EXACT = 1 << 24;

  private Generators() {}

  static void addTo(Map<String, Function<Operands, Content>> rules) {
    rules.put("Shape", Generators::shape);
    rules.put(
        "Size",
        operands -> Content.integers(ElementType.INT64, new long[0], operands.input(0).count()));
    rules.put("ConstantOfShape", Generators::constantOfShape);
    rules.put("Range", Generators::range);
    rules.put("NonZero", Generators::nonZero);
    rules.put("EyeLike", Generators::eyeLike);
    rules.put("Trilu", Generators::triangle);
  }

  private static Content shape(Operands operands) {
    long[] sizes = operands.input(0).sizes();
    int start = clamp(operands.node().integer("start", 0), sizes.length);
    int end = clamp(operands.node().integer("end", sizes.length), sizes.length);
    long[] part = Arrays.copyOfRange(sizes, start, Math.max(start, end));
    return Content.integers(ElementType.INT64, new long[] {part.length}, part);
  }

  private static int clamp(long index, int length) {
    return (int) Math.max(0, Math.min(length, index < 0 ? index + length : index));
  }

  private static Content constantOfShape(Operands operands) {
    long[] sizes = operands.input(0).integers();
    Content element =
        operands
            .node()
            .tensor("value")
            .map(proto -> Content.of(ConstantTensor.of(proto)).orElseThrow())
            .orElse(Content.numbers(ElementType.FLOAT, new long[] {1}, 0));
    return new Arrangement(sizes, new int[Content.count(sizes)]).apply(element);
  }

  private static Content range(Operands operands) {
    Content start = operands.input(0);
    Content limit = operands.input(1);
    Content delta = operands.input(2);
    if (start.count() != 1 || limit.count() != 1 || delta.count() != 1) {
      throw new IllegalArgumentException("single numbers are needed");
    }
    if (start.isWhole()) {
      long step = delta.integer(0);
      long span = Math.subtractExact(limit.integer(0), start.integer(0));
      long count =
          span == 0 || span > 0 != step > 0 ? 0 : (Math.abs(span) - 1) / Math.abs(step) + 1;
      long[] elements = new long[Content.count(new long[] {step == 0 ? -1 : count})];
      Arrays.setAll(elements, i -> start.integer(0) + i * step);
      return Content.integers(start.type(), new long[] {count}, elements);
    }
    double first = start.number(0);
    double step = delta.number(0);
    long count = (long) Math.max(0, Math.ceil((limit.number(0) - first) / step));
    double last = first + count * step;
    // Whole numbers are the same whether steps are added or multiplied.
    if (first != Math.rint(first)
        || step != Math.rint(step)
        || !(Math.abs(first) < EXACT && Math.abs(last) < EXACT)) {
      throw new IllegalArgumentException("steps would be rounded");
    }
    double[] elements = new double[Content.count(new long[] {count})];
    Arrays.setAll(elements, i -> first + i * step);
    return Content.numbers(start.type(), new long[] {count}, elements);
  }

  private static Content nonZero(Operands operands) {
    Content content = operands.input(0);
    long[] sizes = content.sizes();
    int[] found = new int[content.count()];
    int count = 0;
    for (int i = 0; i < found.length; i++) {
      if (content.number(i) != 0) {
        found[count++] = i;
      }
    }
    int[] strides = Arrangement.strides(sizes);
    long[] places = new long[Math.multiplyExact(sizes.length, count)];
    for (int axis = 0; axis < sizes.length; axis++) {
      for (int i = 0; i < count; i++) {
        places[axis * count + i] = found[i] / strides[axis] % sizes[axis];
      }
    }
    return Content.integers(ElementType.INT64, new long[] {sizes.length, count}, places);
  }

  private static Content eyeLike(Operands operands) {
    Content like = operands.input(0);
    long[] sizes = like.sizes();
    int code = Math.toIntExact(operands.node().integer("dtype", like.type().code()));
    ElementType type = ElementType.of(code);
    long diagonal = operands.node().integer("k", 0);
    long width = sizes[1];
    if (type.isFloating()) {
      double[] elements = new double[like.count()];
      Arrays.setAll(elements, i -> i % width - i / width == diagonal ? 1 : 0);
      return Content.numbers(type, sizes, elements);
    }
    long[] elements = new long[like.count()];
    Arrays.setAll(elements, i -> i % width - i / width == diagonal ? 1 : 0);
    return Content.integers(type, sizes, elements);
  }

  private static Content triangle(Operands operands) {
    Content content = operands.input(0);
    long[] sizes = content.sizes();
    long diagonal = operands.node().input(1).isAbsent() ? 0 : operands.input(1).onlyInteger();
    boolean upper = operands.node().integer("upper", 1) != 0;
    long width = sizes[sizes.length - 1];
    long height = sizes[sizes.length - 2];
    Content zero =
        content.isWhole()
            ? Content.integers(content.type(), new long[] {1}, 0)
            : Content.numbers(content.type(), new long[] {1}, 0);
    int[] sources = new int[content.count()];
    Arrays.setAll(
        sources,
        i -> {
          long offset = i % width - i / width % height - diagonal;
          return (upper ? offset >= 0 : offset <= 0) ? i : content.count();
        });
    return new Arrangement(sizes, sources).apply(content, zero);
  }
}
