package io.hone.engine.data;

import io.hone.api.data.Dataset;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.Tensor;

/**
 * Consecutive images of a data set.
 *
 * @param images with their samples
 * @param labels {@link Dataset#NO_LABEL} where the data set knows none
 */
public record LabelledBatch(ImageBatch images, int[] labels) {
  /** Reads images from a position on. */
  public static LabelledBatch read(Dataset dataset, long position, int count) {
    Tensor pixels = Tensor.images(count, dataset.shape());
    int[] labels = new int[count];
    dataset.read(position, pixels, labels);
    long[] samples = new long[count];
    for (int row = 0; row < count; row++) {
      samples[row] = dataset.sample(position + row);
    }
    return new LabelledBatch(new ImageBatch(pixels, samples), labels);
  }
}
