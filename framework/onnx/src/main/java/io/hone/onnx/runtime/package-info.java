/** Hone's {@code onnxruntime} backend. */
package io.hone.onnx.runtime;
