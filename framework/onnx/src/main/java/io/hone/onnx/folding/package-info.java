/** Constant folding: computes nodes whose inputs are known, without a runtime, to the bit. */
package io.hone.onnx.folding;
