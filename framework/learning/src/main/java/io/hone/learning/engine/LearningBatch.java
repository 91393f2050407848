package io.hone.learning.engine;

import io.hone.api.data.Tensor;
import java.util.Map;

/**
 * The examples of a step.
 *
 * @param images {@code [N, C, H, W]} in [0, 1]
 * @param targets of the images
 * @param masks what each Dropout multiplies by, {@code [N, ...]}, by the name of its {@link
 *     MaskPort}
 */
public record LearningBatch(Tensor images, Targets targets, Map<String, Tensor> masks) {
  /** Copies the map. */
  public LearningBatch {
    masks = Map.copyOf(masks);
  }

  /** Returns the same examples with other images. */
  public LearningBatch withImages(Tensor others) {
    return new LearningBatch(others, targets, masks);
  }

  /** Returns the same examples with other targets. */
  public LearningBatch withTargets(Targets others) {
    return new LearningBatch(images, others, masks);
  }

  /** Returns the number of examples. */
  public int size() {
    return images.rows();
  }
}
