package io.hone.dl4j.training;

import io.hone.api.data.ImageShape;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * How training images are changed at random, anew in each epoch.
 *
 * @param shift pixels by which each is moved at most, in any direction; black moves in
 * @param flip whether every other one is mirrored, left to right
 */
record Augmentation(int shift, boolean flip) {
  /** Leaves every image as it is. */
  static final Augmentation NONE = new Augmentation(0, false);

  /** Draws what becomes of one image. */
  Placement draw(SplittableRandom random) {
    int down = 0;
    int right = 0;
    if (shift > 0) {
      down = random.nextInt(-shift, shift + 1);
      right = random.nextInt(-shift, shift + 1);
    }
    return new Placement(down, right, flip && random.nextBoolean());
  }

  /**
   * Where the pixels of one image go: it is mirrored, then moved.
   *
   * @param down rows by which it is moved
   * @param right columns by which it is moved
   * @param mirrored whether left and right change places
   */
  record Placement(int down, int right, boolean mirrored) {
    /**
     * Writes the image in its new place.
     *
     * @param from one row, channel by channel
     * @param into receives the same layout; not {@code from}
     */
    void apply(ImageShape shape, float[] from, float[] into) {
      if (down == 0 && right == 0 && !mirrored) {
        System.arraycopy(from, 0, into, 0, from.length);
        return;
      }
      Arrays.fill(into, 0);
      int firstRow = Math.max(0, down);
      int lastRow = Math.min(shape.height(), shape.height() + down);
      for (int channel = 0; channel < shape.channels(); channel++) {
        for (int y = firstRow; y < lastRow; y++) {
          row(shape, from, shape.feature(channel, y - down, 0), into, shape.feature(channel, y, 0));
        }
      }
    }

    private void row(ImageShape shape, float[] from, int source, float[] into, int target) {
      int width = shape.width();
      int last = Math.min(width, width + right);
      for (int x = Math.max(0, right); x < last; x++) {
        int column = x - right;
        into[target + x] = from[source + (mirrored ? width - 1 - column : column)];
      }
    }
  }
}
