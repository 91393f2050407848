/** The gradients of ONNX's operators, a family to a class, an operator to a rule. */
package io.hone.onnx.gradient.operator;
