/** Checks a gradient against finite differences of the function itself; knows no ONNX. */
package io.hone.onnx.gradientcheck;
