/** Brings models of any opset to the one opset that differentiation knows, meaning kept. */
package io.hone.onnx.opset;
