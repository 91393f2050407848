package io.hone.onnx.training;

import io.hone.onnx.graph.Shape;

/**
 * A constant of a model that can be trained.
 *
 * @param name of the initialiser, or of what a Constant node writes
 * @param shape of fixed sizes
 * @param kind what it is to the operators that read it
 */
public record Weight(String name, Shape shape, WeightKind kind) {}
