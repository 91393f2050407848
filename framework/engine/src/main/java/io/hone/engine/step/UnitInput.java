package io.hone.engine.step;

import io.hone.api.data.ImageBatch;
import io.hone.api.data.Tensor;

/**
 * The samples of one unit of work: a shard of a batch.
 *
 * @param position of the first sample in the opened data set
 * @param images clean images with their samples
 * @param labels true classes
 * @param logits of the clean images
 * @param predictions classes of the clean images
 */
public record UnitInput(
    long position, ImageBatch images, int[] labels, Tensor logits, int[] predictions) {
  public int size() {
    return images.size();
  }
}
