package io.hone.learning.loop;

import io.hone.api.data.ImageShape;
import io.hone.learning.engine.SizeRange;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * How training images are changed at random, anew in each epoch.
 *
 * @param shift pixels by which each is moved at most, in any direction; black moves in
 * @param flip whether every other one is mirrored, left to right
 * @param rotation degrees by which each is turned at most, to either side
 * @param zoom share by which each grows or shrinks at most, such as 0.1
 * @param noise standard deviation of the Gaussian noise that is added in the end; the sum may leave
 *     [0, 1]
 * @param sizes of the images of each batch, before the noise; empty for the images' own
 */
public record Augmentation(
    int shift,
    boolean flip,
    double rotation,
    double zoom,
    double noise,
    Optional<BatchSizes> sizes) {
  /** Leaves every image as it is. */
  public static final Augmentation NONE = new Augmentation(0, false, 0, 0, 0);

  /** Creates changes that leave images in their size. */
  public Augmentation(int shift, boolean flip, double rotation, double zoom, double noise) {
    this(shift, flip, rotation, zoom, noise, Optional.empty());
  }

  /** Returns the same changes with other sizes of batches. */
  public Augmentation inSizes(Optional<BatchSizes> others) {
    return new Augmentation(shift, flip, rotation, zoom, noise, others);
  }

  /** Returns the movement by whole pixels alone. */
  public static Augmentation of(int shift, boolean flip) {
    return new Augmentation(shift, flip, 0, 0, 0);
  }

  /**
   * Returns the shape of the images of one batch.
   *
   * @param own the shape of the examples
   * @param done share of the training's steps that were made before, from 0 to below 1
   */
  ImageShape shape(ImageShape own, double done, SplittableRandom random) {
    return sizes.map(of -> SizeRange.square(own.channels(), of.at(done, random))).orElse(own);
  }

  /** Draws what becomes of one image. */
  Placement draw(SplittableRandom random) {
    int down = 0;
    int right = 0;
    if (shift > 0) {
      down = random.nextInt(-shift, shift + 1);
      right = random.nextInt(-shift, shift + 1);
    }
    boolean mirrored = flip && random.nextBoolean();
    double angle = rotation > 0 ? Math.toRadians(rotation) * (2 * random.nextDouble() - 1) : 0;
    double scale = zoom > 0 ? 1 + zoom * (2 * random.nextDouble() - 1) : 1;
    return new Placement(down, right, mirrored, angle, scale);
  }

  /** Adds noise to all features of an image. */
  void addNoise(float[] image, SplittableRandom random) {
    if (noise > 0) {
      for (int feature = 0; feature < image.length; feature++) {
        image[feature] += (float) (noise * random.nextGaussian());
      }
    }
  }

  /**
   * Where the pixels of one image go: it is mirrored, moved, then turned and scaled about its
   * centre.
   *
   * @param down rows by which it is moved
   * @param right columns by which it is moved
   * @param mirrored whether left and right change places
   * @param angle radians by which it is turned
   * @param scale how many times as large it becomes, above 0
   */
  record Placement(int down, int right, boolean mirrored, double angle, double scale) {
    /**
     * Writes the image in its new place.
     *
     * @param from one row, channel by channel
     * @param into receives the same layout; not {@code from}
     */
    void apply(ImageShape shape, float[] from, float[] into) {
      if (angle == 0 && scale == 1) {
        move(shape, from, into);
        return;
      }
      float[] moved = new float[from.length];
      move(shape, from, moved);
      turn(shape, moved, into);
    }

    private void move(ImageShape shape, float[] from, float[] into) {
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

    /** Looks up, for each pixel, where it comes from; black is beyond the border. */
    private void turn(ImageShape shape, float[] from, float[] into) {
      double cosine = Math.cos(angle) / scale;
      double sine = Math.sin(angle) / scale;
      double middleRow = (shape.height() - 1) / 2.0;
      double middleColumn = (shape.width() - 1) / 2.0;
      for (int y = 0; y < shape.height(); y++) {
        for (int x = 0; x < shape.width(); x++) {
          double below = y - middleRow;
          double beside = x - middleColumn;
          double row = middleRow + cosine * below - sine * beside;
          double column = middleColumn + sine * below + cosine * beside;
          for (int channel = 0; channel < shape.channels(); channel++) {
            into[shape.feature(channel, y, x)] = interpolated(shape, from, channel, row, column);
          }
        }
      }
    }

    private static float interpolated(
        ImageShape shape, float[] from, int channel, double row, double column) {
      int top = (int) Math.floor(row);
      int left = (int) Math.floor(column);
      double low = row - top;
      double far = column - left;
      double upper =
          (1 - far) * pixel(shape, from, channel, top, left)
              + far * pixel(shape, from, channel, top, left + 1);
      double lower =
          (1 - far) * pixel(shape, from, channel, top + 1, left)
              + far * pixel(shape, from, channel, top + 1, left + 1);
      return (float) ((1 - low) * upper + low * lower);
    }

    private static float pixel(ImageShape shape, float[] from, int channel, int row, int column) {
      boolean inside = row >= 0 && row < shape.height() && column >= 0 && column < shape.width();
      return inside ? from[shape.feature(channel, row, column)] : 0;
    }
  }
}
