package io.hone.onnx.folding;

import io.hone.onnx.graph.ElementType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Function;
import java.util.function.LongBinaryOperator;

/**
 * Sums, products and extremes over axes. Fractions are not added up: their sum depends on the
 * order.
 */
final class Reductions {
  private Reductions() {}

  static void addTo(Map<String, Function<Operands, Content>> rules) {
    rules.put("ReduceSum", operands -> reduce(operands, Long::sum, null));
    rules.put("ReduceProd", operands -> reduce(operands, (a, b) -> a * b, null));
    rules.put("ReduceMax", operands -> reduce(operands, Math::max, Math::max));
    rules.put("ReduceMin", operands -> reduce(operands, Math::min, Math::min));
    rules.put("ArgMax", operands -> extreme(operands, 1));
    rules.put("ArgMin", operands -> extreme(operands, -1));
    rules.put("CumSum", Reductions::cumulativeSum);
  }

  private static Content reduce(
      Operands operands, LongBinaryOperator whole, DoubleBinaryOperator fraction) {
    Content content = operands.input(0);
    long[] sizes = content.sizes();
    Optional<int[]> given = operands.arguments().axes(1, "axes", sizes.length);
    boolean none = given.isEmpty() || given.get().length == 0;
    if (none && operands.node().integer("noop_with_empty_axes", 0) != 0) {
      return content;
    }
    boolean[] reduced = new boolean[sizes.length];
    Arrays.fill(reduced, none);
    for (int axis : given.orElse(new int[0])) {
      reduced[axis] = true;
    }
    long[] kept = sizes.clone();
    for (int axis = 0; axis < kept.length; axis++) {
      kept[axis] = reduced[axis] ? 1 : kept[axis];
    }
    int[] target = Arrangement.repeated(kept, sizes).sources();
    long[] result = squeezed(operands, kept, reduced);
    int count = Content.count(kept);
    if (count > 0 && content.count() == 0) {
      throw new IllegalArgumentException("nothing to reduce");
    }
    boolean[] started = new boolean[count];
    if (content.isWhole()) {
      long[] folded = new long[count];
      for (int i = 0; i < target.length; i++) {
        int at = target[i];
        long next = content.integer(i);
        folded[at] = started[at] ? whole.applyAsLong(folded[at], next) : next;
        started[at] = true;
      }
      return Content.integers(content.type(), result, folded);
    }
    if (fraction == null) {
      throw new IllegalArgumentException("the sum of fractions depends on the order");
    }
    double[] folded = new double[count];
    for (int i = 0; i < target.length; i++) {
      int at = target[i];
      double next = content.number(i);
      folded[at] = started[at] ? fraction.applyAsDouble(folded[at], next) : next;
      started[at] = true;
    }
    return Content.numbers(content.type(), result, folded);
  }

  private static long[] squeezed(Operands operands, long[] kept, boolean[] reduced) {
    if (operands.node().integer("keepdims", 1) != 0) {
      return kept;
    }
    List<Long> result = new ArrayList<>();
    for (int axis = 0; axis < kept.length; axis++) {
      if (!reduced[axis]) {
        result.add(kept[axis]);
      }
    }
    return result.stream().mapToLong(Long::longValue).toArray();
  }

  private static Content extreme(Operands operands, int sign) {
    Content content = operands.input(0);
    long[] sizes = content.sizes();
    int axis = operands.arguments().axis(0, sizes.length);
    boolean last = operands.node().integer("select_last_index", 0) != 0;
    boolean[] reduced = new boolean[sizes.length];
    reduced[axis] = true;
    long[] kept = sizes.clone();
    kept[axis] = 1;
    int[] target = Arrangement.repeated(kept, sizes).sources();
    int stride = Arrangement.strides(sizes)[axis];
    long[] found = new long[Content.count(kept)];
    int[] best = new int[found.length];
    Arrays.fill(best, -1);
    for (int i = 0; i < target.length; i++) {
      int at = target[i];
      int order = best[at] < 0 ? 1 : sign * compare(content, i, best[at]);
      if (order > 0 || (order == 0 && last)) {
        best[at] = i;
        found[at] = (i / stride) % sizes[axis];
      }
    }
    return Content.integers(ElementType.INT64, squeezed(operands, kept, reduced), found);
  }

  static int compare(Content content, int left, int right) {
    if (content.isWhole()) {
      return Long.compare(content.integer(left), content.integer(right));
    }
    if (Double.isNaN(content.number(left)) || Double.isNaN(content.number(right))) {
      throw new IllegalArgumentException("NaN has no order");
    }
    return content.number(left) == content.number(right)
        ? 0
        : Double.compare(content.number(left), content.number(right));
  }

  private static Content cumulativeSum(Operands operands) {
    Content content = operands.input(0);
    long[] sizes = content.sizes();
    int axis = Arguments.counted(operands.input(1).onlyInteger(), sizes.length);
    boolean exclusive = operands.node().integer("exclusive", 0) != 0;
    boolean reverse = operands.node().integer("reverse", 0) != 0;
    int stride = Arrangement.strides(sizes)[axis];
    long[] elements = content.integers();
    long[] sums = new long[elements.length];
    for (int step = 0; step < elements.length; step++) {
      int i = reverse ? elements.length - 1 - step : step;
      long index = (i / stride) % sizes[axis];
      boolean first = index == (reverse ? sizes[axis] - 1 : 0);
      int before = reverse ? i + stride : i - stride;
      long sum = first ? 0 : sums[before] + (exclusive ? elements[before] : 0);
      sums[i] = exclusive ? sum : sum + elements[i];
    }
    return Content.integers(content.type(), sizes, sums);
  }
}
