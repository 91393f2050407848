/** Shapes of all values of a graph, as far as they can be told before it runs. */
package io.hone.onnx.shape;
