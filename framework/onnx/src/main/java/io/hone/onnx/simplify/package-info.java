/** Passes that make a graph smaller or faster and keep what it computes at inference. */
package io.hone.onnx.simplify;
