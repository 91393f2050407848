/** The parts of a loss that a training makes small, and how they are written into its graph. */
package io.hone.onnx.training.loss;
