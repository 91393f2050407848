package io.hone.onnx.training;

/**
 * What a Dropout multiplies by in training form.
 *
 * @param input a float input, shaped as what is multiplied: for each number 0 with a chance of
 *     {@code ratio}, else {@code 1 / (1 - ratio)}
 * @param ratio above 0 and below 1
 */
public record DropoutMask(String input, float ratio) {}
