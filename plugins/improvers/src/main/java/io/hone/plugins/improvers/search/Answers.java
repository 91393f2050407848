package io.hone.plugins.improvers.search;

import io.hone.api.data.Tensor;

/** What became of the images that one sample asked about in a round, in the order it asked. */
public final class Answers {
  private final Tensor pixels;
  private final int[] predicted;
  private final int first;
  private final int count;
  private final int label;

  Answers(Tensor pixels, int[] predicted, int first, int count, int label) {
    this.pixels = pixels;
    this.predicted = predicted;
    this.first = first;
    this.count = count;
    this.label = label;
  }

  /** Returns how many images the sample asked about. */
  public int size() {
    return count;
  }

  /** Returns whether an image keeps the class of the example. */
  public boolean kept(int question) {
    return predicted[first + question] == label;
  }

  /** Copies an image that was asked about into a row of other images. */
  public void copyTo(Tensor images, int row, int question) {
    images.copyRow(row, pixels, first + question);
  }
}
