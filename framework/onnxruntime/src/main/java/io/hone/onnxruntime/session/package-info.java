/** Sessions of ONNX Runtime: devices, memory, inputs, and failures in plain words. */
package io.hone.onnxruntime.session;
