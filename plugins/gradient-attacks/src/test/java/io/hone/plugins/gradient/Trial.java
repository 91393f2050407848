package io.hone.plugins.gradient;

import io.hone.api.Attack;
import io.hone.api.data.Batch;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.victim.Access;
import io.hone.testkit.CountingVictim;
import io.hone.testkit.TestRun;
import io.hone.testkit.model.ExactClassifier;
import io.hone.testkit.model.LinearClassifier;

/** One attack on one batch, with all that it left behind. */
final class Trial {
  static final ImageShape SHAPE = new ImageShape(1, 2, 2);
  static final long SAMPLE = 3;

  final TestRun run = new TestRun(1);
  final CountingVictim victim;
  final Tensor images;

  <P extends Record> Trial(
      Attack<P> attack, P parameters, ExactClassifier model, long budget, Batch clean) {
    victim = new CountingVictim(model, Access.GRADIENTS, budget, run);
    images = clean.pixels().copy();
    attack.attack(parameters, victim, clean, images, run);
  }

  <P extends Record> Trial(Attack<P> attack, P parameters, ExactClassifier model, Batch clean) {
    this(attack, parameters, model, Long.MAX_VALUE, clean);
  }

  long queries(long sample) {
    return victim.forwardQueries(sample) + victim.gradientQueries(sample);
  }

  /**
   * Returns a model whose class 1 minus class 0 weighs the four features 3, -4, 0 and 12, so that
   * it is 5.5 on the middle grey image without a bias.
   */
  static LinearClassifier linear(double bias) {
    return new LinearClassifier(
        SHAPE, new double[][] {{0, 0, 0, 0}, {3, -4, 0, 12}}, new double[] {0, bias});
  }

  static Batch single(int label, int target, float... pixels) {
    ImageBatch image = new ImageBatch(Tensor.of(pixels, 1, 1, 2, 2), new long[] {SAMPLE});
    return new Batch(image, new int[] {label}, new int[] {target});
  }
}
