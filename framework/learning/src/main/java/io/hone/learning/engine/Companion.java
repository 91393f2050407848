package io.hone.learning.engine;

import io.hone.onnx.training.update.UpdateRules;

/**
 * A further network that a training trains in turns with the first, such as a discriminator.
 *
 * @param name unique in a training
 * @param subject what learns
 * @param objective what it makes small
 * @param rules how its weights follow their gradients
 */
public record Companion(String name, Subject subject, Objective objective, UpdateRules rules) {}
