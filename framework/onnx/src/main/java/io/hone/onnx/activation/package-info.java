/** Finds the activation functions of a graph, also those that exporters write in several nodes. */
package io.hone.onnx.activation;
