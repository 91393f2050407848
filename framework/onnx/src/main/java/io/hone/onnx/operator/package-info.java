/** What is known of each ONNX operator beside its rules: one table, asked by all other packages. */
package io.hone.onnx.operator;
