package io.hone.api.metric;

import io.hone.api.stability.Stability;

/**
 * How far an image is from its clean image.
 *
 * @param l0 features that differ on the 8-bit grid
 * @param l0Pixels pixels with at least one such feature
 * @param l1 sum of absolute differences, on [0, 1]
 * @param l2 Euclidean distance, on [0, 1]
 * @param linf largest absolute difference, on [0, 1]
 * @param ssim structural similarity (Wang et al. 2004), 1 for equal images; NaN for images of one
 *     pixel, where it is not defined
 */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public record Distances(
    double l0, double l0Pixels, double l1, double l2, double linf, double ssim) {}
