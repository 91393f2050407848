/**
 * The axis of a model's values along which its images are: frees models whose exporter froze it,
 * and finds nodes that let images of a batch influence each other.
 */
package io.hone.onnx.batchaxis;
