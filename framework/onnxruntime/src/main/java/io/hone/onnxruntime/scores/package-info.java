/** From a model's output to logits: what the numbers mean, and what brings them back to logits. */
package io.hone.onnxruntime.scores;
