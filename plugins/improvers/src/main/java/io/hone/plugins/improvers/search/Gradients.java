package io.hone.plugins.improvers.search;

import io.hone.api.data.ImageBatch;
import io.hone.api.data.Tensor;
import io.hone.api.victim.Victim;
import java.util.List;

/** What a search may learn of its model beside predicted classes. */
public interface Gradients {
  /** For searches that want none. */
  Gradients NONE =
      new Gradients() {
        @Override
        public int queries() {
          return 0;
        }

        @Override
        public List<Tensor> measure(Victim victim, ImageBatch images, int[] labels) {
          return List.of();
        }
      };

  /** Returns what one measurement costs a sample. */
  int queries();

  /**
   * Measures the gradients of some images.
   *
   * @param labels the class that each image is to keep
   * @return one tensor {@code [N, C, H, W]} for each gradient
   */
  List<Tensor> measure(Victim victim, ImageBatch images, int[] labels);
}
