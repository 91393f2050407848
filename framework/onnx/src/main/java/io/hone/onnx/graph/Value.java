package io.hone.onnx.graph;

/**
 * One value of a graph: an input, a constant, or what a node writes.
 *
 * @param name unique in its graph; empty for an optional input that is left out
 */
public record Value(String name) {
  /** Stands where an optional input is left out. */
  public static final Value NONE = new Value("");

  /** Returns whether this stands for nothing. */
  public boolean isAbsent() {
    return name.isEmpty();
  }
}
