package io.hone.learning.trainer;

import io.hone.api.data.Tensor;
import io.hone.learning.engine.Learner;
import io.hone.learning.engine.LearningBatch;
import io.hone.learning.engine.Logits;
import io.hone.learning.engine.Objective;
import io.hone.learning.engine.Targets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a classifier learns from clean images and what an attack made of them. */
sealed interface RobustLoss {
  /** Returns what the engine makes small. */
  Objective objective();

  /**
   * Makes one step.
   *
   * @param batch clean images with their classes
   * @param attacked row by row what became of them
   * @return the parts of the loss by name
   */
  Map<String, Double> step(Learner learner, LearningBatch batch, Tensor attacked, double rate);

  /**
   * Cross-entropy of the attacked images: Madry et al. 2018.
   *
   * @param smoothing of labels, from 0 to below 1
   */
  record OfAttacked(double smoothing) implements RobustLoss {
    @Override
    public Objective objective() {
      return new Objective.CrossEntropy(smoothing);
    }

    @Override
    public Map<String, Double> step(
        Learner learner, LearningBatch batch, Tensor attacked, double rate) {
      return learner.step(batch.withImages(attacked), rate);
    }
  }

  /**
   * Cross-entropy of the clean images, and {@code beta} times the Kullback-Leibler divergence of
   * the attacked image's probabilities from the clean image's: Zhang et al. 2019 (TRADES), equation
   * 5. Both have gradients to the weights.
   *
   * <p>Clean and attacked images of an example are neighbours in one batch, so a batch
   * normalization sees both.
   *
   * @param beta at least 0
   */
  record Trades(double beta) implements RobustLoss {
    @Override
    public Objective objective() {
      return new Objective.GivenGradient();
    }

    @Override
    public Map<String, Double> step(
        Learner learner, LearningBatch batch, Tensor attacked, double rate) {
      LearningBatch both = both(batch, attacked);
      Tensor logits = learner.output(both);
      int[] truth = ((Targets.Classes) batch.targets()).classes();
      Tensor gradient = Tensor.zeros(logits.shape());
      double entropy = 0;
      double divergence = 0;
      for (int row = 0; row < truth.length; row++) {
        double[] clean = Logits.logSoftmax(logits, 2 * row);
        double[] moved = Logits.logSoftmax(logits, 2 * row + 1);
        double own = 0;
        for (int k = 0; k < clean.length; k++) {
          own += Math.exp(clean[k]) * (clean[k] - moved[k]);
        }
        entropy -= clean[truth[row]];
        divergence += own;
        for (int k = 0; k < clean.length; k++) {
          double p = Math.exp(clean[k]);
          double ofEntropy = p - (k == truth[row] ? 1 : 0);
          double ofDivergence = p * (clean[k] - moved[k] - own);
          // The step takes a mean over twice as many rows as there are examples.
          gradient.set(2 * row, k, (float) (2 * (ofEntropy + beta * ofDivergence)));
          gradient.set(2 * row + 1, k, (float) (2 * beta * (Math.exp(moved[k]) - p)));
        }
      }
      learner.step(both.withTargets(new Targets.Values(gradient)), rate);
      Map<String, Double> parts = new LinkedHashMap<>();
      parts.put("cross-entropy", entropy / truth.length);
      parts.put("divergence", beta * divergence / truth.length);
      return parts;
    }

    private static LearningBatch both(LearningBatch batch, Tensor attacked) {
      Map<String, Tensor> masks = new LinkedHashMap<>();
      batch.masks().forEach((name, mask) -> masks.put(name, twice(mask, mask)));
      return new LearningBatch(twice(batch.images(), attacked), batch.targets(), masks);
    }

    private static Tensor twice(Tensor first, Tensor second) {
      int[] shape = first.shape().clone();
      shape[0] = 2 * first.rows();
      Tensor both = Tensor.zeros(shape);
      for (int row = 0; row < first.rows(); row++) {
        both.copyRows(2 * row, first, row, 1);
        both.copyRows(2 * row + 1, second, row, 1);
      }
      return both;
    }
  }
}
