package io.hone.plugins.blackbox.square;

import io.hone.api.data.ImageShape;

/**
 * How large the square is that an iteration changes: large ones first, then smaller and smaller.
 *
 * @param share of an image's pixels that the first squares have
 * @param iterations of the whole search
 * @param rescaled whether the halvings are spread over the search, which the authors planned for
 *     10,000 iterations; otherwise they come after fixed numbers of iterations
 */
record SquareSchedule(double share, int iterations, boolean rescaled) {
  /** After which of 10,000 iterations the share is halved. */
  private static final int[] HALVINGS = {10, 50, 200, 500, 1000, 2000, 4000, 6000, 8000};

  private static final long PLANNED = 10_000;
  private static final int SMALLEST_PYRAMIDS = 3;

  /** Returns the share of the pixels that an iteration changes; iterations count from 0. */
  double shareAt(int iteration) {
    long planned = rescaled ? iteration * PLANNED / iterations : iteration;
    double current = share;
    for (int halving : HALVINGS) {
      current /= planned > halving ? 2 : 1;
    }
    return current;
  }

  /** Returns the side of the square, at least 1 and no longer than the image's shorter side. */
  int side(int iteration, ImageShape shape) {
    double pixels = shareAt(iteration) * shape.pixels();
    return (int) Math.min(shorter(shape), Math.max(1, Math.round(Math.sqrt(pixels))));
  }

  /**
   * Returns the side of a square that holds a pair of pyramids: odd and at least 3, unless the
   * image's shorter side is less or even.
   */
  int oddSide(int iteration, ImageShape shape) {
    int side = Math.max(SMALLEST_PYRAMIDS, side(iteration, shape));
    return Math.min(shorter(shape), side % 2 == 0 ? side + 1 : side);
  }

  private static int shorter(ImageShape shape) {
    return Math.min(shape.height(), shape.width());
  }
}
