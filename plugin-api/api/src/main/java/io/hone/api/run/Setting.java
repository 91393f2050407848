package io.hone.api.run;

import io.hone.api.data.ImageShape;
import io.hone.api.stability.Stability;

/**
 * What is known of a scenario before its first batch.
 *
 * @param shape of the images
 * @param classes of the model
 * @param samples that will be run
 * @param targeted whether the goal names a target class
 */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public record Setting(ImageShape shape, int classes, long samples, boolean targeted) {}
