/** A training step as a graph: a batch in, the loss and new weights out. */
package io.hone.onnx.training.step;
