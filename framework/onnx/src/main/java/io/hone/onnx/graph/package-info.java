/** ONNX models as Java sees them: reading, checking, editing, writing. Knows protobuf only. */
package io.hone.onnx.graph;
