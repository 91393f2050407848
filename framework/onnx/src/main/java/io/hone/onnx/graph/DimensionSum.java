package io.hone.onnx.graph;

import io.hone.onnx.graph.Dimension.Derived;
import io.hone.onnx.graph.Dimension.Fixed;
import io.hone.onnx.graph.Dimension.Sum;
import io.hone.onnx.graph.Dimension.Unknown;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Arithmetic of sizes: each is a sum of products of named sizes, each product with a factor. The
 * order within a product is fixed, so that equal sums have equal terms.
 */
final class DimensionSum {
  /** Formulas of more operands are given up, as a graph could double them at every node. */
  static final int HEAVIEST = 64;

  private static final Comparator<Dimension> ORDER = Comparator.comparing(Dimension::toString);

  private DimensionSum() {}

  static Dimension add(Dimension left, Dimension right) {
    if (isUnknown(left) || isUnknown(right)) {
      return Dimension.UNKNOWN;
    }
    Map<List<Dimension>, Long> sum = new HashMap<>(terms(left));
    terms(right).forEach((product, factor) -> sum.merge(product, factor, Math::addExact));
    return normal(sum);
  }

  static Dimension multiply(Dimension left, Dimension right) {
    if (isUnknown(left) || isUnknown(right)) {
      return Dimension.UNKNOWN;
    }
    Map<List<Dimension>, Long> result = new HashMap<>();
    terms(left)
        .forEach(
            (product, factor) ->
                terms(right)
                    .forEach(
                        (other, times) -> {
                          List<Dimension> joined = new ArrayList<>(product);
                          joined.addAll(other);
                          joined.sort(ORDER);
                          result.merge(joined, Math.multiplyExact(factor, times), Math::addExact);
                        }));
    return normal(result);
  }

  /** Divides by a single product; what has several terms divides itself only. */
  static Optional<Dimension> divide(Dimension dividend, Dimension divisor) {
    if (isUnknown(dividend) || isUnknown(divisor) || divisor.equals(Dimension.of(0))) {
      return Optional.empty();
    }
    if (dividend.equals(divisor)) {
      return Optional.of(Dimension.of(1));
    }
    Map<List<Dimension>, Long> by = terms(divisor);
    if (by.size() != 1) {
      return Optional.empty();
    }
    Map.Entry<List<Dimension>, Long> single = by.entrySet().iterator().next();
    Map<List<Dimension>, Long> quotient = new HashMap<>();
    for (Map.Entry<List<Dimension>, Long> term : terms(dividend).entrySet()) {
      List<Dimension> left = new ArrayList<>(term.getKey());
      if (term.getValue() % single.getValue() != 0
          || !single.getKey().stream().allMatch(left::remove)) {
        return Optional.empty();
      }
      quotient.put(left, term.getValue() / single.getValue());
    }
    return Optional.of(normal(quotient));
  }

  static boolean isAtLeast(Dimension dimension, long bound) {
    if (isUnknown(dimension)) {
      return false;
    }
    Map<List<Dimension>, Long> terms = terms(dimension);
    boolean growing =
        terms.entrySet().stream().allMatch(term -> term.getKey().isEmpty() || term.getValue() >= 0);
    return growing && terms.getOrDefault(List.of(), 0L) >= bound;
  }

  static int weight(Dimension dimension) {
    if (dimension instanceof Derived derived) {
      return derived.weight();
    }
    return dimension instanceof Sum sum ? weight(sum.terms()) : 1;
  }

  private static int weight(Map<List<Dimension>, Long> terms) {
    return terms.keySet().stream()
        .flatMap(List::stream)
        .mapToInt(DimensionSum::weight)
        .reduce(terms.size(), Integer::sum);
  }

  static String describe(Sum sum) {
    return sum.terms().entrySet().stream()
        .map(term -> describe(term.getKey(), term.getValue()))
        .sorted()
        .collect(Collectors.joining(" + "));
  }

  private static String describe(List<Dimension> product, long factor) {
    if (product.isEmpty()) {
      return Long.toString(factor);
    }
    String names = product.stream().map(Dimension::toString).collect(Collectors.joining("*"));
    return factor == 1 ? names : factor + "*" + names;
  }

  private static boolean isUnknown(Dimension dimension) {
    return dimension instanceof Unknown;
  }

  private static Map<List<Dimension>, Long> terms(Dimension dimension) {
    if (dimension instanceof Fixed fixed) {
      return fixed.value() == 0 ? Map.of() : Map.of(List.of(), fixed.value());
    }
    return dimension instanceof Sum sum ? sum.terms() : Map.of(List.of(dimension), 1L);
  }

  private static Dimension normal(Map<List<Dimension>, Long> terms) {
    terms.values().removeIf(factor -> factor == 0);
    if (terms.isEmpty()) {
      return Dimension.of(0);
    }
    if (terms.size() == 1) {
      Map.Entry<List<Dimension>, Long> only = terms.entrySet().iterator().next();
      if (only.getKey().isEmpty()) {
        return Dimension.of(only.getValue());
      }
      if (only.getKey().size() == 1 && only.getValue() == 1) {
        return only.getKey().get(0);
      }
    }
    return weight(terms) <= HEAVIEST ? new Sum(terms) : Dimension.UNKNOWN;
  }
}
