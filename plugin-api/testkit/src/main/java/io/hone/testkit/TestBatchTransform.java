package io.hone.testkit;

import io.hone.api.data.ImageBatch;
import io.hone.api.data.Tensor;
import io.hone.api.model.Classifier;
import io.hone.api.model.DifferentiableClassifier;
import io.hone.api.model.Loss;
import io.hone.api.stability.Stability;
import io.hone.api.train.BatchTransform;
import io.hone.api.train.ComponentUse;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Changes batches without a plugin: whatever attack is asked for, images take one signed step
 * against the gradient of the attacker's loss, or get some noise where there is none.
 */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
public final class TestBatchTransform implements BatchTransform {
  private static final double STEP = 0.1;

  private final long seed;
  private final List<ComponentUse> known;
  private final int examples;
  private volatile @Nullable String misuse;

  /**
   * Creates the transform of a training.
   *
   * @param known the attacks that may be asked for
   * @param examples number of training and validation examples
   */
  public TestBatchTransform(long seed, List<ComponentUse> known, int examples) {
    this.seed = seed;
    this.known = List.copyOf(known);
    this.examples = examples;
  }

  /** Returns what the trainer asked for that it may not ask for; empty if nothing. */
  public Optional<String> misuse() {
    return Optional.ofNullable(misuse);
  }

  @Override
  public RandomGenerator random(int epoch, long example) {
    return new SampleRandom(seed, epoch, example);
  }

  @Override
  public Tensor attacked(ComponentUse attack, int epoch, ImageBatch images) {
    note(attack, images);
    Tensor noisy = images.pixels().copy();
    for (int row = 0; row < noisy.rows(); row++) {
      RandomGenerator random = random(epoch, images.sample(row));
      for (int feature = 0; feature < noisy.rowSize(); feature++) {
        step(noisy, row, feature, 2 * random.nextDouble() - 1);
      }
    }
    return noisy;
  }

  @Override
  public Tensor attacked(
      ComponentUse attack, int epoch, ImageBatch images, int[] labels, Classifier network) {
    if (!(network instanceof DifferentiableClassifier differentiable)) {
      return attacked(attack, epoch, images);
    }
    note(attack, images);
    Tensor gradient =
        differentiable.lossGradient(images, Loss.crossEntropy(false), labels).gradient();
    Tensor attacked = images.pixels().copy();
    for (int row = 0; row < attacked.rows(); row++) {
      for (int feature = 0; feature < attacked.rowSize(); feature++) {
        step(attacked, row, feature, -Math.signum(gradient.get(row, feature)));
      }
    }
    return attacked;
  }

  private static void step(Tensor images, int row, int feature, double direction) {
    double moved = images.get(row, feature) + STEP * direction;
    images.set(row, feature, (float) Math.max(0, Math.min(1, moved)));
  }

  private void note(ComponentUse attack, ImageBatch images) {
    if (!known.contains(attack)) {
      misuse = "it asks for " + attack + ", but its recipe names " + known;
    }
    for (long sample : images.samples()) {
      if (sample < 0 || sample >= examples) {
        misuse = "it numbers an example " + sample + ", but there are " + examples;
      }
    }
  }
}
