package io.hone.api.train;

import io.hone.api.data.ImageBatch;
import io.hone.api.data.Tensor;
import io.hone.api.model.Classifier;
import java.util.random.RandomGenerator;

/** Refuses everything: for trainers that ask for nothing. */
enum NoBatchTransform implements BatchTransform {
  INSTANCE;

  @Override
  public RandomGenerator random(int epoch, long example) {
    throw refused();
  }

  @Override
  public Tensor attacked(
      ComponentUse attack, int epoch, ImageBatch images, int[] labels, Classifier network) {
    throw refused();
  }

  @Override
  public Tensor attacked(ComponentUse attack, int epoch, ImageBatch images) {
    throw refused();
  }

  private static IllegalStateException refused() {
    return new IllegalStateException("this trainer was called without a transform of batches");
  }
}
