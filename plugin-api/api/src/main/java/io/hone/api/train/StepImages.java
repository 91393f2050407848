package io.hone.api.train;

import io.hone.api.data.Tensor;
import io.hone.api.stability.Stability;

/**
 * What one step made of some images, row by row the same samples as the clean images.
 *
 * @param images {@code [N, C, H, W]}; a sample that took no part has the image that the step
 *     received
 * @param attempted which samples took part
 * @param success which images meet the goal
 */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
public record StepImages(Tensor images, boolean[] attempted, boolean[] success) {}
