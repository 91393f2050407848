/** Networks that learn in ONNX Runtime: batches cut into shards, steps, states. */
package io.hone.onnxruntime.training;
