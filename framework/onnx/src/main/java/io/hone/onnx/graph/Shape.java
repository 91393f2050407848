package io.hone.onnx.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A shape whose rank is known, though not each size.
 *
 * @param dimensions one per axis
 */
public record Shape(List<Dimension> dimensions) {
  /** Copies the list. */
  public Shape {
    dimensions = List.copyOf(dimensions);
  }

  /** Returns a shape of known sizes. */
  public static Shape of(long... sizes) {
    List<Dimension> dimensions = new ArrayList<>(sizes.length);
    for (long size : sizes) {
      dimensions.add(Dimension.of(size));
    }
    return new Shape(dimensions);
  }

  /** Returns a shape of the given axes. */
  public static Shape of(Dimension... dimensions) {
    return new Shape(List.of(dimensions));
  }

  /** Returns the number of axes. */
  public int rank() {
    return dimensions.size();
  }

  /** Returns an axis; a negative one counts from the end. */
  public Dimension axis(int axis) {
    return dimensions.get(axis < 0 ? axis + rank() : axis);
  }

  /** Returns a copy with one axis replaced. */
  public Shape with(int axis, Dimension dimension) {
    List<Dimension> changed = new ArrayList<>(dimensions);
    changed.set(axis < 0 ? axis + rank() : axis, dimension);
    return new Shape(changed);
  }

  /** Returns whether every size is known. */
  public boolean isFixed() {
    return dimensions.stream().allMatch(Dimension::isFixed);
  }

  /** Returns whether both shapes are certainly the same. */
  public boolean sameAs(Shape other) {
    if (rank() != other.rank()) {
      return false;
    }
    for (int axis = 0; axis < rank(); axis++) {
      if (!axis(axis).sameAs(other.axis(axis))) {
        return false;
      }
    }
    return true;
  }

  /** Returns the sizes, -1 for each one that is not known. */
  public long[] sizes() {
    return dimensions.stream().mapToLong(Dimension::size).toArray();
  }

  /** Returns the product of all sizes, or -1 where one is not known. */
  public long elements() {
    return isFixed()
        ? dimensions.stream().mapToLong(Dimension::size).reduce(1, Math::multiplyExact)
        : -1;
  }

  @Override
  public String toString() {
    return dimensions.stream().map(Dimension::toString).collect(Collectors.joining(", ", "[", "]"));
  }
}
