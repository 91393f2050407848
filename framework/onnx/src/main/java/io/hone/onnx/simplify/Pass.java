package io.hone.onnx.simplify;

import io.hone.onnx.graph.GraphEditor;

/** One rewriting of a graph that keeps its meaning. */
interface Pass {
  /** Rewrites the graph that {@code uses} describes. */
  void apply(Uses uses, GraphEditor graph);
}
