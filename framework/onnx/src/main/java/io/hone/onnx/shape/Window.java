package io.hone.onnx.shape;

import io.hone.onnx.graph.Node;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How a node slides its window over an image.
 *
 * @param size of the window along each spatial axis
 * @param strides steps between windows
 * @param dilations steps inside a window
 * @param pads added before each axis, then after each axis; 0 where {@code automatic} decides
 * @param automatic which end receives the odd pad, or that pads are as told
 */
public record Window(
    long[] size, long[] strides, long[] dilations, long[] pads, AutomaticPads automatic) {
  /** Who decides about pads. */
  public enum AutomaticPads {
    /** The attribute {@code pads}. */
    NONE,
    /** As many as keep ceil(size / stride), the odd one after the image. */
    SAME_UPPER,
    /** As many as keep ceil(size / stride), the odd one before the image. */
    SAME_LOWER
  }

  /** Reads the attributes of a node. */
  public static Window of(Node node, long[] size) {
    int axes = size.length;
    String auto = node.text("auto_pad", "NOTSET");
    long[] none = new long[2 * axes];
    Window told =
        new Window(
            size,
            node.integers("strides").orElse(filled(axes, 1)),
            node.integers("dilations").orElse(filled(axes, 1)),
            auto.equals("NOTSET") || auto.isEmpty() ? node.integers("pads").orElse(none) : none,
            auto.startsWith("SAME") ? AutomaticPads.valueOf(auto) : AutomaticPads.NONE);
    return told.withKnownPads();
  }

  /**
   * With stride 1, or windows of one pixel, the automatic pads do not depend on the image's size:
   * makes them plain.
   */
  private Window withKnownPads() {
    boolean known =
        IntStream.range(0, axes()).allMatch(axis -> strides[axis] == 1 || extent(axis) == 1);
    if (automatic == AutomaticPads.NONE || !known) {
      return this;
    }
    long[] plain = new long[2 * axes()];
    for (int axis = 0; axis < axes(); axis++) {
      place(plain, axis, extent(axis) - 1);
    }
    return new Window(size, strides, dilations, plain, AutomaticPads.NONE);
  }

  /** Returns the same windows over an image that holds its pads. */
  public Window withoutPads() {
    return new Window(size, strides, dilations, new long[2 * axes()], AutomaticPads.NONE);
  }

  /** Returns the pads for an image whose size is known. */
  public long[] padsFor(long[] image) {
    if (automatic == AutomaticPads.NONE) {
      return pads;
    }
    long[] plain = new long[2 * axes()];
    for (int axis = 0; axis < axes(); axis++) {
      long windows = (image[axis] + strides[axis] - 1) / strides[axis];
      long total = (windows - 1) * strides[axis] + extent(axis) - image[axis];
      place(plain, axis, Math.max(0, total));
    }
    return plain;
  }

  private void place(long[] plain, int axis, long total) {
    long smaller = total / 2;
    boolean upper = automatic == AutomaticPads.SAME_UPPER;
    plain[axis] = upper ? smaller : total - smaller;
    plain[axis + axes()] = upper ? total - smaller : smaller;
  }

  /** Returns the number of spatial axes. */
  public int axes() {
    return size.length;
  }

  /** Returns how many pixels a window spans along an axis. */
  public long extent(int axis) {
    return (size[axis] - 1) * dilations[axis] + 1;
  }

  /**
   * Returns whether windows step by 1 and read every pad, so that the gradient can slide over the
   * image, or the image over the gradient, with {@link #turnedPads}.
   */
  public boolean reachesAllPads() {
    return automatic == AutomaticPads.NONE
        && hasUnitStrides()
        && Arrays.stream(turnedPads()).allMatch(pad -> pad >= 0);
  }

  /** Returns the pads of the windows' side that let it grow back to the image's size. */
  public long[] turnedPads() {
    long[] turned = new long[2 * axes()];
    for (int i = 0; i < turned.length; i++) {
      turned[i] = extent(i % axes()) - 1 - pads[i];
    }
    return turned;
  }

  /** Returns whether windows step by 1 along every axis. */
  public boolean hasUnitStrides() {
    return Arrays.stream(strides).allMatch(stride -> stride == 1);
  }

  /** Returns whether two windows may share a pixel. */
  public boolean overlaps() {
    for (int axis = 0; axis < axes(); axis++) {
      if (strides[axis] < extent(axis)) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether every pixel is in exactly one window, but for borders. */
  public boolean tiles() {
    return automatic == AutomaticPads.NONE
        && Arrays.equals(size, strides)
        && IntStream.range(0, axes()).allMatch(axis -> extent(axis) == size[axis]);
  }

  private static long[] filled(int length, long value) {
    long[] list = new long[length];
    Arrays.fill(list, value);
    return list;
  }
}
