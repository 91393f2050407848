package io.hone.report;

import io.hone.api.data.ImageShape;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;

/**
 * What distinguishes an image from its clean original, as seen on the 8-bit grid.
 *
 * @param shape of the images
 * @param grey change of every feature in grey values, -255 to 255
 */
record Difference(ImageShape shape, int[] grey) {
  private static final int STEPS = 127;
  // Two hues that are told apart with every kind of colour vision, on a light and on a dark page.
  private static final int[] BRIGHTER = {0xd5, 0x4a, 0x1f};
  private static final int[] DARKER = {0x2b, 0x7b, 0xd0};
  private static final int FAINTEST = 56;
  private static final IndexColorModel PALETTE = palette();

  /** Returns the difference of two images. */
  static Difference between(float[] clean, float[] changed, ImageShape shape) {
    int[] grey = new int[shape.features()];
    for (int feature = 0; feature < grey.length; feature++) {
      grey[feature] = Bitmap.grey(changed[feature]) - Bitmap.grey(clean[feature]);
    }
    return new Difference(shape, grey);
  }

  /** Returns how many features differ (L0). */
  int features() {
    int count = 0;
    for (int change : grey) {
      count += change == 0 ? 0 : 1;
    }
    return count;
  }

  /** Returns the largest change, in grey values. */
  int largest() {
    int largest = 0;
    for (int change : grey) {
      largest = Math.max(largest, Math.abs(change));
    }
    return largest;
  }

  /**
   * Returns a map with the largest change of each pixel's channels: one hue where it became
   * brighter, another where darker, transparent where nothing changed.
   *
   * @param scale the change, in grey values, that is drawn in full colour; every smaller one stays
   *     visible
   */
  BufferedImage map(int scale) {
    Blocks blocks = Blocks.of(shape);
    BufferedImage map =
        new BufferedImage(
            blocks.width(), blocks.height(), BufferedImage.TYPE_BYTE_INDEXED, PALETTE);
    for (int row = 0; row < blocks.height(); row++) {
      for (int column = 0; column < blocks.width(); column++) {
        int change = blocks.strongest(grey, row, column);
        map.getRaster().setSample(column, row, 0, colour(change, scale));
      }
    }
    return map;
  }

  private static int colour(int change, int scale) {
    if (change == 0) {
      return 0;
    }
    double strength = Math.min(1, Math.abs(change) / (double) scale);
    int step = Math.max(1, (int) Math.round(STEPS * strength));
    return change > 0 ? step : STEPS + step;
  }

  private static IndexColorModel palette() {
    int size = 2 * STEPS + 1;
    byte[][] channels = new byte[4][size];
    for (int index = 1; index < size; index++) {
      boolean brighter = index <= STEPS;
      int step = brighter ? index : index - STEPS;
      int[] hue = brighter ? BRIGHTER : DARKER;
      for (int channel = 0; channel < hue.length; channel++) {
        channels[channel][index] = (byte) hue[channel];
      }
      channels[3][index] = (byte) (FAINTEST + (255 - FAINTEST) * step / STEPS);
    }
    return new IndexColorModel(8, size, channels[0], channels[1], channels[2], channels[3]);
  }
}
