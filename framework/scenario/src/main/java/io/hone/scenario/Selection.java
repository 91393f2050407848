package io.hone.scenario;

import io.hone.api.Param;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which images of a data set are used. What is selected depends on the data set alone, never on
 * batches or threads, and every image keeps its index in the whole data set.
 *
 * <p>From the images between {@code from} and {@code to}, at most {@code perClass} of each class
 * are taken, and at most {@code count} in all: the first ones, or with a {@code seed} random ones.
 */
public record Selection(
    @Param(value = "The position of the first image that may be used, counted from 0.", min = 0)
        Optional<Long> from,
    @Param(value = "The position after the last image that may be used.", min = 1)
        Optional<Long> to,
    @Param(value = "How many images are used at most.", min = 1) Optional<Long> count,
    @Param(value = "How many images of each class are used at most.", min = 1)
        Optional<Long> perClass,
    @Param(
            "Draws the images at random instead of taking the first ones; the same seed draws the"
                + " same images.")
        Optional<Long> seed) {
  /** Every image. */
  public static final Selection ALL =
      new Selection(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** Refuses what selects nothing, and a seed where there is nothing to draw. */
  public Selection {
    if (to.isPresent() && from.orElse(0L) >= to.get()) {
      throw new IllegalArgumentException(
          "from: "
              + from.orElse(0L)
              + ", to: "
              + to.get()
              + " leaves no image; the image at 'to' is not used, so 'to' must be larger");
    }
    if (seed.isPresent() && count.isEmpty() && perClass.isEmpty()) {
      throw new IllegalArgumentException(
          "a seed draws at random, but every image is used; add 'count' or 'per-class'");
    }
  }

  /** Returns the selection of the first images. */
  public static Selection first(long count) {
    return ALL.limited(OptionalLong.of(count));
  }

  /** Returns this selection with no more images than a limit, if there is one. */
  public Selection limited(OptionalLong limit) {
    if (limit.isEmpty()) {
      return this;
    }
    long least = Math.min(limit.getAsLong(), count.orElse(Long.MAX_VALUE));
    return new Selection(from, to, Optional.of(least), perClass, seed);
  }
}
