package io.hone.onnx.opset;

import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Node;

/**
 * What one operator's nodes become when a model passes from the opset before {@code version} to
 * {@code version}.
 *
 * @param operator as named before the change
 * @param version the first opset of the new form
 * @param rewrite how to write a node in the new form
 */
record OpsetChange(String operator, int version, Rewrite rewrite) {
  /** Writes a node in its new form. */
  @FunctionalInterface
  interface Rewrite {
    /**
     * Returns the node that writes the outputs of the old one; what it needs goes to the graph
     * first.
     */
    Node rewrite(Node node, GraphEditor graph);
  }
}
