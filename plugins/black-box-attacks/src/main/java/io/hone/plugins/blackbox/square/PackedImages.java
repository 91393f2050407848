package io.hone.plugins.blackbox.square;

import io.hone.api.data.ImageBatch;
import io.hone.api.data.Tensor;
import io.hone.api.victim.ActiveSamples;

/**
 * The images of active samples, packed one behind the other in memory that is reserved once: what
 * the victim is asked about next.
 */
final class PackedImages {
  private final Tensor images;
  private int[] rows;
  private ImageBatch batch;

  /** Reserves memory for the active samples. */
  PackedImages(ActiveSamples active, Tensor whole) {
    int[] shape = whole.shape();
    shape[0] = active.size();
    this.images = Tensor.zeros(shape);
    this.rows = rows(active);
    this.batch = batch(active);
  }

  /** Closes the gaps that samples left; image {@code i} is that of active sample {@code i} then. */
  void follow(ActiveSamples active) {
    if (active.size() == rows.length) {
      return;
    }
    int place = 0;
    for (int old = 0; old < rows.length && place < active.size(); old++) {
      if (rows[old] == active.row(place)) {
        if (place < old) {
          images.copyRow(place, images, old);
        }
        place++;
      }
    }
    rows = rows(active);
    batch = batch(active);
  }

  private static int[] rows(ActiveSamples active) {
    int[] rows = new int[active.size()];
    for (int index = 0; index < rows.length; index++) {
      rows[index] = active.row(index);
    }
    return rows;
  }

  private ImageBatch batch(ActiveSamples active) {
    long[] samples = new long[active.size()];
    for (int index = 0; index < samples.length; index++) {
      samples[index] = active.sample(index);
    }
    return new ImageBatch(images.rows(0, samples.length), samples);
  }

  /** Returns the images to write to, in the order of the active samples. */
  Tensor pixels() {
    return images;
  }

  /** Returns the images with their samples, sharing memory. */
  ImageBatch batch() {
    return batch;
  }
}
