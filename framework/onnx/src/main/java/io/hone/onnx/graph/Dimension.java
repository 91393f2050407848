package io.hone.onnx.graph;

/** One axis of a tensor's shape. */
public sealed interface Dimension {
  /** An axis whose size nothing tells. */
  Dimension UNKNOWN = new Unknown();

  /** Returns an axis of the given size. */
  static Dimension of(long size) {
    return new Fixed(size);
  }

  /** Returns an axis that has the same size wherever the same name stands. */
  static Dimension named(String name) {
    return new Symbolic(name);
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

  /**
   * A size known now.
   *
   * @param value at least 0
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

  /** A size of which nothing is known. */
  record Unknown() implements Dimension {
    @Override
    public String toString() {
      return "?";
    }
  }
}
