/** Tells how much memory a graph needs before it runs. */
package io.hone.onnx.memory;
