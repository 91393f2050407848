/** What one operator's gradient is: the contract that a new operator is written against. */
package io.hone.onnx.gradient.rule;
