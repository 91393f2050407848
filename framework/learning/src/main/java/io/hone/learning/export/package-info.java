/** Writing networks as ONNX files. */
package io.hone.learning.export;
