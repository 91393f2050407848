package io.hone.onnx.graph;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The size of one axis of a tensor's shape, or an integer computed from sizes. Numbers, named sizes
 * and what follows from them by sums and products are kept exactly, so that {@code N * 64 / 64} is
 * {@code N} again.
 */
public sealed interface Dimension {
  /** An axis whose size nothing tells. */
  Dimension UNKNOWN = new Unknown();

  /** Returns an axis of the given size. */
  static Dimension of(long size) {
    return new Fixed(size);
  }

  /** Returns an axis that has the same size wherever the same name is. */
  static Dimension named(String name) {
    return new Symbolic(name);
  }

  /** Returns the size that an axis of a value has in a run, of which nothing else is known. */
  static Dimension measured(Value value, int axis) {
    return new Measured(value.name(), axis);
  }

  /**
   * Returns a size that follows from others by a rule that is no sum of products; it is the same
   * wherever rule and operands are. {@link #UNKNOWN} if an operand is, or if the formula would grow
   * too long.
   *
   * @param rule a name of the rule, which never gives a number below 0
   */
  static Dimension derived(String rule, Dimension... operands) {
    List<Dimension> list = List.of(operands);
    boolean known = list.stream().noneMatch(Unknown.class::isInstance);
    Derived derived = new Derived(rule, list);
    return known && derived.weight() <= DimensionSum.HEAVIEST ? derived : UNKNOWN;
  }

  /** Returns whether the size is known now. */
  default boolean isFixed() {
    return this instanceof Fixed;
  }

  /** Returns the size, or -1 where it is not known now. */
  default long size() {
    return this instanceof Fixed fixed ? fixed.value() : -1;
  }

  /** Returns whether both axes certainly have the same size. */
  default boolean sameAs(Dimension other) {
    return !(this instanceof Unknown) && equals(other);
  }

  /** Returns the sum. */
  default Dimension plus(Dimension other) {
    return DimensionSum.add(this, other);
  }

  /** Returns the difference. */
  default Dimension minus(Dimension other) {
    return plus(other.times(of(-1)));
  }

  /** Returns the product. */
  default Dimension times(Dimension other) {
    return DimensionSum.multiply(this, other);
  }

  /** Returns the quotient if it is certain that nothing is left over. */
  default Optional<Dimension> dividedExactlyBy(Dimension divisor) {
    return DimensionSum.divide(this, divisor);
  }

  /** Returns whether this is certainly not less than a number, given that no size is below 0. */
  default boolean isAtLeast(long bound) {
    return DimensionSum.isAtLeast(this, bound);
  }

  /**
   * A number known now.
   *
   * @param value at least 0 for a size
   */
  record Fixed(long value) implements Dimension {
    @Override
    public String toString() {
      return Long.toString(value);
    }
  }

  /**
   * A size known when the model runs.
   *
   * @param name ONNX's {@code dim_param}
   */
  record Symbolic(String name) implements Dimension {
    @Override
    public String toString() {
      return name;
    }
  }

  /**
   * The size of an axis that only a run tells.
   *
   * @param value a value of the graph
   * @param axis of it
   */
  record Measured(String value, int axis) implements Dimension {
    @Override
    public String toString() {
      return value + "[" + axis + "]";
    }
  }

  /**
   * A size that follows from others.
   *
   * @param rule how
   * @param operands from which
   */
  record Derived(String rule, List<Dimension> operands) implements Dimension {
    int weight() {
      return 1 + operands.stream().mapToInt(DimensionSum::weight).sum();
    }

    @Override
    public String toString() {
      return operands.stream()
          .map(Dimension::toString)
          .collect(Collectors.joining(", ", rule + "(", ")"));
    }
  }

  /**
   * A sum of products of sizes, in its one normal form.
   *
   * @param terms the factor of each product; the empty product stands for the number that is added
   */
  record Sum(Map<List<Dimension>, Long> terms) implements Dimension {
    /** Copies the terms. */
    public Sum {
      terms = Map.copyOf(terms);
    }

    @Override
    public String toString() {
      return DimensionSum.describe(this);
    }
  }

  /** A size of which nothing is known. */
  record Unknown() implements Dimension {
    @Override
    public String toString() {
      return "?";
    }
  }
}
