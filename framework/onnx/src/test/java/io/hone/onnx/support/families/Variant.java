package io.hone.onnx.support.families;

/**
 * How a network is written.
 *
 * @param opset of the graph
 * @param computedSizes whether the graph computes the sizes that it reshapes to
 */
public record Variant(int opset, boolean computedSizes) {
  @Override
  public String toString() {
    return "opset " + opset + (computedSizes ? ", sizes computed" : "");
  }
}
