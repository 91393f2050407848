package io.hone.plugins.improvers.search;

import io.hone.api.data.ImageBatch;
import io.hone.api.data.Tensor;
import java.util.Arrays;

/** The images that all searches of a batch ask about in one round. */
public final class Questions {
  private final Tensor pixels;
  private final long[] samples;
  private int size;
  private long sample;
  private long remaining;

  /**
   * Creates an empty round.
   *
   * @param like a tensor of images of the right shape
   * @param capacity how many images there may be
   */
  Questions(Tensor like, int capacity) {
    pixels = Tensor.images(capacity, like.imageShape());
    samples = new long[capacity];
  }

  /** Forgets the last round. */
  void clear() {
    size = 0;
  }

  /** Lets a sample ask. */
  void open(long newSample, long queries) {
    sample = newSample;
    remaining = queries;
  }

  /** Returns how many images the sample may still ask about. */
  public long remaining() {
    return remaining;
  }

  /** Asks about a copy of an image; returns the row in which it may be changed. */
  public int add(Tensor images, int row) {
    if (remaining == 0) {
      throw new IllegalStateException("sample " + sample + " has no query left");
    }
    remaining--;
    samples[size] = sample;
    pixels.copyRow(size, images, row);
    return size++;
  }

  /** Sets one value of an image that was added in this round. */
  public void set(int question, int feature, float value) {
    pixels.set(question, feature, value);
  }

  int size() {
    return size;
  }

  Tensor pixels() {
    return pixels;
  }

  ImageBatch images() {
    return new ImageBatch(pixels.rows(0, size), Arrays.copyOf(samples, size));
  }
}
