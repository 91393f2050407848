/**
 * Computes nodes whose inputs are known, without a runtime: integers, truth values and small float
 * tensors, to the bit.
 */
package io.hone.onnx.constant;
