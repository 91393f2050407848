/**
 * Reverse-mode differentiation of ONNX graphs: an ONNX classifier in, an ONNX graph out that also
 * returns an attacker's loss and its gradient to the input.
 */
package io.hone.onnx.gradient;
