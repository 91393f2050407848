package io.hone.learning.engine;

import io.hone.api.data.ImageShape;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The sizes of square images, of which a training draws one for each batch.
 *
 * @param smallest rows and columns, at least 1
 * @param largest rows and columns, at least {@code smallest}
 */
public record SizeRange(int smallest, int largest) {
  /** Checks the order of the sizes. */
  public SizeRange {
    if (smallest < 1 || largest < smallest) {
      throw new IllegalArgumentException("no range of sizes: " + smallest + " to " + largest);
    }
  }

  /** Returns how many sizes there are. */
  public int count() {
    return largest - smallest + 1;
  }

  /** Returns all sizes, the smallest first. */
  public IntStream sizes() {
    return IntStream.rangeClosed(smallest, largest);
  }

  /** Draws a size; each is as likely as the others. */
  public int draw(SplittableRandom random) {
    return random.nextInt(smallest, largest + 1);
  }

  /** Returns the shape of square images. */
  public static ImageShape square(int channels, int size) {
    return new ImageShape(channels, size, size);
  }
}
