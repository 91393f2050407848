package io.hone.api.data;

import io.hone.api.stability.Stability;
import java.util.Arrays;

/**
 * Images together with the samples they belong to.
 *
 * <p>Whatever is random or counted per sample is keyed by {@link #sample(int)}, so a result depends
 * neither on the batch an image travels in nor on its row there. Several rows may belong to one
 * sample (candidates tried side by side).
 */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public final class ImageBatch {
  private final Tensor pixels;
  private final long[] samples;

  /**
   * Creates a batch over the given images, without a copy.
   *
   * @param pixels {@code [N, C, H, W]} in [0, 1]
   * @param samples the index in the whole data set of each row's sample
   */
  public ImageBatch(Tensor pixels, long[] samples) {
    if (pixels.rows() != samples.length) {
      throw new IllegalArgumentException(
          pixels.rows() + " images for " + samples.length + " samples");
    }
    this.pixels = pixels;
    this.samples = samples.clone();
  }

  /** Returns the number of images. */
  public int size() {
    return samples.length;
  }

  /** Returns the images, {@code [N, C, H, W]}, sharing memory. */
  public Tensor pixels() {
    return pixels;
  }

  /** Returns the index in the whole data set of a row's sample. */
  public long sample(int row) {
    return samples[row];
  }

  /** Returns a copy of the sample indices. */
  public long[] samples() {
    return samples.clone();
  }

  /** Returns other images of the same samples. */
  public ImageBatch with(Tensor otherPixels) {
    return new ImageBatch(otherPixels, samples);
  }

  /** Returns a copy of the named rows, in their order. */
  public ImageBatch select(int... rows) {
    return new ImageBatch(pixels.select(rows), selectSamples(rows));
  }

  /** Returns rows {@code from} to {@code to} (exclusive) as a view that shares memory. */
  public ImageBatch rows(int from, int to) {
    return new ImageBatch(pixels.rows(from, to), Arrays.copyOfRange(samples, from, to));
  }

  private long[] selectSamples(int[] rows) {
    long[] selected = new long[rows.length];
    for (int row = 0; row < rows.length; row++) {
      selected[row] = samples[rows[row]];
    }
    return selected;
  }
}
