/** Writing networks as ONNX files. */
package io.hone.dl4j.export;
