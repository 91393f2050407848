package io.hone.api.model;

import io.hone.api.data.Tensor;

/**
 * A loss and its gradient, from one pass through the model.
 *
 * @param losses of each image
 * @param logits {@code [N, K]}
 * @param gradient of each image's own loss to that image, {@code [N, C, H, W]}
 */
public record LossGradient(float[] losses, Tensor logits, Tensor gradient) {}
