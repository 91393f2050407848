package io.hone.network;

import io.hone.api.stability.Stability;

/** What a convolution sees beyond the border of an image. */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
public enum Padding {
  /** Nothing: windows stay inside, so the output is smaller than the input. */
  VALID,
  /** Zeros: the output has {@code ceil(size / stride)} rows and columns. */
  SAME;

  /** Returns the number of rows (or columns) of the output. */
  int outputSize(int size, int kernel, int stride) {
    return this == VALID ? (size - kernel) / stride + 1 : (size + stride - 1) / stride;
  }

  /** Returns the number of zeros before the first row (or column). */
  public int before(int size, int kernel, int stride) {
    return total(size, kernel, stride) / 2;
  }

  /** Returns the number of zeros after the last row (or column): the larger half. */
  public int after(int size, int kernel, int stride) {
    return total(size, kernel, stride) - before(size, kernel, stride);
  }

  private int total(int size, int kernel, int stride) {
    if (this == VALID) {
      return 0;
    }
    return Math.max(0, (outputSize(size, kernel, stride) - 1) * stride + kernel - size);
  }
}
