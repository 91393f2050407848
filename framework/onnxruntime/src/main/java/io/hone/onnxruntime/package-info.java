/**
 * Hone's {@code onnxruntime} backend: models opened, prepared, compared with their file and run.
 */
package io.hone.onnxruntime;
