package io.hone.learning.trainer;

import io.hone.api.data.ImageBatch;
import io.hone.api.data.Tensor;
import io.hone.api.model.Classifier;
import io.hone.api.run.Run;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Marks which features of adversarial examples carry redundant perturbation: 1 redundant, 0 not.
 */
final class RedundancyMasks {
  /** Candidates per query of the single-feature mask. */
  private static final int CHUNK = 256;

  private RedundancyMasks() {}

  /** Returns 1 where an improvement restored an adversarial feature to its clean value. */
  static Tensor restored(Tensor clean, Tensor adversarial, Tensor improved) {
    Tensor masks = Tensor.zeros(clean.shape());
    for (int row = 0; row < clean.rows(); row++) {
      for (int feature = 0; feature < clean.rowSize(); feature++) {
        float original = clean.get(row, feature);
        boolean restored =
            adversarial.get(row, feature) != original && improved.get(row, feature) == original;
        masks.set(row, feature, restored ? 1 : 0);
      }
    }
    return masks;
  }

  /**
   * Returns 1 where restoring this feature alone keeps the class (Nguyen et al., Method for
   * Improving Quality of Adversarial Examples, equation 8).
   */
  static Tensor single(Classifier model, ImageBatch clean, Tensor adversarial, Run run) {
    Tensor masks = Tensor.zeros(clean.pixels().shape());
    int[] labels = model.predict(clean.with(adversarial));
    for (int row = 0; row < adversarial.rows(); row++) {
      List<Integer> features = changed(clean.pixels(), adversarial, row);
      for (int from = 0; from < features.size(); from += CHUNK) {
        run.checkCancelled();
        List<Integer> chunk = features.subList(from, Math.min(from + CHUNK, features.size()));
        int[] predictions = model.predict(candidates(clean, adversarial, row, chunk));
        for (int index = 0; index < chunk.size(); index++) {
          masks.set(row, chunk.get(index), predictions[index] == labels[row] ? 1 : 0);
        }
      }
    }
    return masks;
  }

  private static List<Integer> changed(Tensor clean, Tensor adversarial, int row) {
    List<Integer> features = new ArrayList<>();
    for (int feature = 0; feature < clean.rowSize(); feature++) {
      if (clean.get(row, feature) != adversarial.get(row, feature)) {
        features.add(feature);
      }
    }
    return features;
  }

  private static ImageBatch candidates(
      ImageBatch clean, Tensor adversarial, int row, List<Integer> features) {
    int[] rows = new int[features.size()];
    Arrays.fill(rows, row);
    Tensor images = adversarial.select(rows);
    long[] samples = new long[rows.length];
    Arrays.fill(samples, clean.sample(row));
    for (int index = 0; index < rows.length; index++) {
      int feature = features.get(index);
      images.set(index, feature, clean.pixels().get(row, feature));
    }
    return new ImageBatch(images, samples);
  }
}
