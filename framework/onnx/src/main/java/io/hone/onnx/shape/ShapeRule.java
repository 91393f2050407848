package io.hone.onnx.shape;

import io.hone.onnx.graph.Node;

/** Tells the shapes of what one operator writes. */
@FunctionalInterface
interface ShapeRule {
  /** Tells what can be told. */
  void follow(Node node, Shapes shapes);
}
