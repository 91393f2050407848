/**
 * Brings any exporter's model to one form: no functions, no branches that are known beforehand, no
 * fused operators, single precision.
 */
package io.hone.onnx.canonical;
