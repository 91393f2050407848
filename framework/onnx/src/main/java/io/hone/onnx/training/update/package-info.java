/** How weights follow their gradients: optimisers, and the graph of their step. */
package io.hone.onnx.training.update;
