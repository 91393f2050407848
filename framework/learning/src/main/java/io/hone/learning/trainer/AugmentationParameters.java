package io.hone.learning.trainer;

import io.hone.api.Param;
import io.hone.learning.loop.Augmentation;

/** How a trainer of classifiers changes its images at random, anew in each epoch. */
public record AugmentationParameters(
    @Param(value = "Pixels by which each image is moved at most.", def = "0", min = 0) int shift,
    @Param(value = "Whether every other image is mirrored left to right.", def = "false")
        boolean flip,
    @Param(
            value = "Degrees by which each image is turned at most, to either side.",
            def = "0",
            min = 0,
            max = 180)
        double rotation,
    @Param(
            value = "Share by which each image grows or shrinks at most.",
            def = "0",
            min = 0,
            max = 0.9)
        double zoom) {
  /** Leaves every image as it is. */
  public static final AugmentationParameters NONE = new AugmentationParameters(0, false, 0, 0);

  /**
   * Returns the changes, with noise behind them.
   *
   * @param noise standard deviation
   */
  Augmentation withNoise(double noise) {
    return new Augmentation(shift, flip, rotation, zoom, noise);
  }
}
