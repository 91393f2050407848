package io.hone.onnx.shape;

import io.hone.onnx.folding.Cut;
import io.hone.onnx.graph.Dimension;

/** How many elements a Slice leaves of an axis, where sizes may be known only in a run. */
final class Cuts {
  private static final Dimension ZERO = Dimension.of(0);

  private Cuts() {}

  static Dimension of(Dimension size, Dimension start, Dimension end, long step) {
    if (size.isFixed() && start.isFixed() && end.isFixed()) {
      return Dimension.of(Cut.of(start.size(), end.size(), step, size.size()).length());
    }
    if (step <= 0) {
      return Dimension.UNKNOWN;
    }
    Dimension length = between(size, start, end);
    return step == 1 ? length : Dimension.derived("every", Dimension.of(step), length);
  }

  private static Dimension between(Dimension size, Dimension start, Dimension end) {
    if (end.isFixed() && end.size() >= Integer.MAX_VALUE) {
      return from(size, start);
    }
    if (end.isFixed() && end.size() < 0) {
      boolean forward = start.isFixed() && start.size() >= 0;
      return forward ? shorter(size, start.size() - end.size()) : Dimension.UNKNOWN;
    }
    if (start.equals(ZERO)) {
      return end.isAtLeast(0) ? DimensionArithmetic.smaller(end, size) : Dimension.UNKNOWN;
    }
    Dimension length = end.minus(start);
    boolean inside = start.isAtLeast(0) && size.minus(end).isAtLeast(0);
    return inside && length.isAtLeast(0) ? length : Dimension.UNKNOWN;
  }

  private static Dimension from(Dimension size, Dimension start) {
    if (start.isFixed()) {
      return start.size() >= 0
          ? shorter(size, start.size())
          : DimensionArithmetic.smaller(size, Dimension.of(-start.size()));
    }
    Dimension length = size.minus(start);
    return start.isAtLeast(0) && length.isAtLeast(0) ? length : Dimension.UNKNOWN;
  }

  /** Returns a size less a number, or 0 where that would be below 0. */
  static Dimension shorter(Dimension size, long by) {
    if (by == 0) {
      return size;
    }
    Dimension left = size.minus(Dimension.of(by));
    if (left.isFixed()) {
      return Dimension.of(Math.max(0, left.size()));
    }
    return left.isAtLeast(0) ? left : Dimension.derived("shorter", size, Dimension.of(by));
  }
}
