package io.hone.api.model;

import io.hone.api.data.Tensor;
import io.hone.api.stability.Stability;

/**
 * A loss and its gradient, from one pass through the model.
 *
 * @param losses of each image
 * @param logits {@code [N, K]}
 * @param gradient of each image's own loss to that image, {@code [N, C, H, W]}
 */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public record LossGradient(float[] losses, Tensor logits, Tensor gradient) {}
