package io.hone.onnx.training.loss;

/**
 * Where a graph takes what a part of the loss compares with, and gives the part.
 *
 * @param part what was written
 * @param feed an input: classes {@code [N]} as 64-bit integers, or floats in the shape of the
 *     part's value; empty where nothing is fed
 * @param output {@code [1]}, the part times its weight: the sum over the rows times the share of
 *     one example
 */
public record LossPort(LossPart part, String feed, String output) {}
