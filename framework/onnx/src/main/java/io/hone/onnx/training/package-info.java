/**
 * Weights of an ONNX file as inputs that can be trained: found, opened, and closed again in the
 * same file; and the form in which a network is trained.
 */
package io.hone.onnx.training;
