package io.hone.core.engine;

import io.hone.api.data.ImageBatch;
import io.hone.api.tensor.Tensor;

/**
 * The samples of one unit of work: a shard of a batch.
 *
 * @param position of the first sample in the opened data set
 * @param images clean images with their samples
 * @param labels true classes
 * @param logits of the clean images
 * @param predictions classes of the clean images
 */
record UnitInput(long position, ImageBatch images, int[] labels, Tensor logits, int[] predictions) {
  int size() {
    return images.size();
  }
}
