package io.hone.learning.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hone.api.data.Tensor;
import io.hone.learning.engine.LearningBatch;
import io.hone.learning.engine.Objective;
import io.hone.learning.engine.Targets;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RobustLossTest {
  private static final int CLASSES = 4;
  private static final int EXAMPLES = 3;
  private static final double BETA = 2.5;
  private static final int[] TRUTH = {1, 0, 3};

  private static Tensor images(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Tensor images = Tensor.zeros(EXAMPLES, 1, 2, 2);
    for (int row = 0; row < EXAMPLES; row++) {
      for (int feature = 0; feature < CLASSES; feature++) {
        images.set(row, feature, (float) random.nextDouble(-1, 1));
      }
    }
    return images;
  }

  private static LearningBatch batch(Tensor images) {
    return new LearningBatch(images, new Targets.Classes(TRUTH), Map.of());
  }

  /** Equation 5 of the paper, written out for logits that are the images themselves. */
  private static double trades(Tensor clean, Tensor attacked) {
    double sum = 0;
    for (int row = 0; row < EXAMPLES; row++) {
      double[] p = probabilities(clean.row(row));
      double[] q = probabilities(attacked.row(row));
      sum -= Math.log(p[TRUTH[row]]);
      for (int k = 0; k < CLASSES; k++) {
        sum += BETA * p[k] * Math.log(p[k] / q[k]);
      }
    }
    return sum / EXAMPLES;
  }

  private static double[] probabilities(float[] logits) {
    double[] exponentials = new double[logits.length];
    double sum = 0;
    for (int k = 0; k < logits.length; k++) {
      exponentials[k] = Math.exp(logits[k]);
      sum += exponentials[k];
    }
    for (int k = 0; k < logits.length; k++) {
      exponentials[k] /= sum;
    }
    return exponentials;
  }

  @Test
  void tradesTellsBothPartsOfItsLoss() {
    Tensor clean = images(1);
    Tensor attacked = images(2);
    Map<String, Double> parts =
        new RobustLoss.Trades(BETA).step(new LogitsLearner(CLASSES), batch(clean), attacked, 0.1);
    assertThat(parts).containsOnlyKeys("cross-entropy", "divergence");
    assertThat(parts.get("cross-entropy") + parts.get("divergence"))
        .isCloseTo(trades(clean, attacked), within(1e-6));
  }

  @Test
  void tradesGivesTheGradientOfItsLossToAllLogits() {
    Tensor clean = images(3);
    Tensor attacked = images(4);
    LogitsLearner learner = new LogitsLearner(CLASSES);
    new RobustLoss.Trades(BETA).step(learner, batch(clean), attacked, 0.1);
    LearningBatch step = learner.steps().get(0);
    assertThat(step.size()).isEqualTo(2 * EXAMPLES);
    Tensor gradient = ((Targets.Values) step.targets()).values();
    float width = 1e-3f;
    for (Tensor moved : new Tensor[] {clean, attacked}) {
      for (int row = 0; row < EXAMPLES; row++) {
        for (int k = 0; k < CLASSES; k++) {
          float kept = moved.get(row, k);
          moved.set(row, k, kept + width);
          double up = trades(clean, attacked);
          moved.set(row, k, kept - width);
          double down = trades(clean, attacked);
          moved.set(row, k, kept);
          // The engine takes a mean over all rows of the step.
          double given = gradient.get(2 * row + (moved == clean ? 0 : 1), k) / (2.0 * EXAMPLES);
          assertThat(given).isCloseTo((up - down) / (2 * width), within(2e-4));
        }
      }
    }
  }

  @Test
  void crossEntropyLearnsFromTheAttackedImagesAlone() {
    Tensor attacked = images(5);
    LogitsLearner learner = new LogitsLearner(CLASSES);
    RobustLoss loss = new RobustLoss.OfAttacked(0.1);
    assertThat(loss.objective()).isEqualTo(new Objective.CrossEntropy(0.1));
    loss.step(learner, batch(images(6)), attacked, 0.1);
    assertThat(learner.steps().get(0).images()).isSameAs(attacked);
  }
}
