package io.hone.plugins.improvers.order;

import io.hone.api.data.ImageBatch;
import io.hone.api.data.Tensor;
import io.hone.api.model.Loss;
import io.hone.api.victim.Access;
import io.hone.api.victim.Victim;
import io.hone.plugins.improvers.search.Gradients;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * In what order features are restored: those of small importance first.
 *
 * <p>The importance of a feature is an estimate of what its change {@code d = x' - x} does for the
 * class that is to be kept; gradients are taken at the image confirmed so far.
 */
public enum Order implements Gradients {
  /** Slope of the margin {@code z[kept] - max over the others of z} times the change. */
  GRADIENT {
    @Override
    public int queries() {
      return 1;
    }

    @Override
    public List<Tensor> measure(Victim victim, ImageBatch images, int[] labels) {
      Loss margin = Loss.margin(true, Float.POSITIVE_INFINITY);
      return List.of(victim.lossGradient(images, margin, labels).gradient());
    }

    @Override
    IntToDoubleFunction importance(
        float[] change, float[][] gradients, Supplier<RandomGenerator> random) {
      return feature -> -(double) gradients[0][feature] * change[feature];
    }
  },
  /**
   * The saliency of Papernot et al., of the change: its effect on the kept class times that on all
   * others, 0 where it does not raise the one and lower the others.
   */
  SALIENCY {
    @Override
    public int queries() {
      return 2;
    }

    @Override
    public List<Tensor> measure(Victim victim, ImageBatch images, int[] labels) {
      Tensor kept = Tensor.zeros(images.size(), victim.classes());
      Tensor others = Tensor.zeros(images.size(), victim.classes());
      for (int row = 0; row < images.size(); row++) {
        for (int label = 0; label < victim.classes(); label++) {
          (label == labels[row] ? kept : others).set(row, label, 1);
        }
      }
      return List.of(victim.vjp(images, kept), victim.vjp(images, others));
    }

    @Override
    IntToDoubleFunction importance(
        float[] change, float[][] gradients, Supplier<RandomGenerator> random) {
      return feature -> {
        double kept = (double) gradients[0][feature] * change[feature];
        double others = (double) gradients[1][feature] * change[feature];
        return kept > 0 && others < 0 ? kept * -others : 0;
      };
    }
  },
  /** Size of the change. */
  SIZE {
    @Override
    IntToDoubleFunction importance(
        float[] change, float[][] gradients, Supplier<RandomGenerator> random) {
      return feature -> Math.abs(change[feature]);
    }
  },
  /** At random, from the sample's own stream. */
  RANDOM {
    @Override
    IntToDoubleFunction importance(
        float[] change, float[][] gradients, Supplier<RandomGenerator> random) {
      RandomGenerator numbers = random.get();
      return feature -> numbers.nextDouble();
    }
  },
  /** Row by row, column by column, channel by channel. */
  SEQUENTIAL {
    @Override
    IntToDoubleFunction importance(
        float[] change, float[][] gradients, Supplier<RandomGenerator> random) {
      return feature -> 0;
    }
  };

  @Override
  public int queries() {
    return 0;
  }

  @Override
  public List<Tensor> measure(Victim victim, ImageBatch images, int[] labels) {
    return List.of();
  }

  /** Returns what an improver that restores in this order needs to see of its victim. */
  public Access access() {
    return queries() > 0 ? Access.GRADIENTS : Access.LABELS;
  }

  /**
   * Returns the importance of each feature; equal ones are restored row by row, column by column,
   * channel by channel.
   *
   * @param change of each feature, from its clean value to that of the example
   * @param gradients as {@link #measure} returned them for the sample
   * @param random the sample's own stream, started where it is needed
   */
  abstract IntToDoubleFunction importance(
      float[] change, float[][] gradients, Supplier<RandomGenerator> random);
}
