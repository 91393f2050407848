package io.hone.api.run;

import io.hone.api.data.ImageShape;

/**
 * What is known of a scenario before its first batch.
 *
 * @param shape of the images
 * @param classes of the model
 * @param samples that will be run
 * @param targeted whether the goal names a target class
 */
public record Setting(ImageShape shape, int classes, long samples, boolean targeted) {}
