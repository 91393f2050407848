package io.hone.onnx.support.families;

import io.hone.onnx.graph.Value;

/**
 * Images inside a network.
 *
 * @param value {@code [N, C, H, W]}
 * @param channels C
 */
record Features(Value value, int channels) {}
