package io.hone.learning.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.api.data.ImageBatch;
import io.hone.api.data.Tensor;
import io.hone.api.model.Classifier;
import io.hone.api.train.BatchTransform;
import io.hone.api.train.ComponentUse;
import io.hone.learning.engine.LearningBatch;
import io.hone.learning.engine.Targets;
import io.hone.learning.loop.Lesson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class AdversarialLessonTest {
  private static final int EXAMPLES = 200;
  private static final int CLASSES = 4;
  private static final WarmUp ATTACK =
      new WarmUp(ComponentUse.attack("pgd", Map.of("epsilon", 0.2)), 1);

  private final List<Object> epsilons = new ArrayList<>();

  /** Turns every image into one whose first class has the largest logit. */
  private final BatchTransform transform =
      new BatchTransform() {
        @Override
        public RandomGenerator random(int epoch, long example) {
          return new SplittableRandom(1000L * epoch + example);
        }

        @Override
        public Tensor attacked(
            ComponentUse attack, int epoch, ImageBatch images, int[] labels, Classifier network) {
          epsilons.add(attack.parameters().get("epsilon"));
          Tensor attacked = images.pixels().copy();
          for (int row = 0; row < attacked.rows(); row++) {
            attacked.set(row, 0, 1);
          }
          return attacked;
        }

        @Override
        public Tensor attacked(ComponentUse attack, int epoch, ImageBatch images) {
          throw new UnsupportedOperationException();
        }
      };

  /** Every image is of class 1, and its logits say so. */
  private static LearningBatch batch() {
    Tensor images = Tensor.zeros(EXAMPLES, 1, 2, 2);
    int[] classes = new int[EXAMPLES];
    for (int row = 0; row < EXAMPLES; row++) {
      images.set(row, 1, 0.5f);
      classes[row] = 1;
    }
    return new LearningBatch(images, new Targets.Classes(classes), Map.of());
  }

  private static Lesson.Origin origin(int epoch) {
    return new Lesson.Origin(epoch, LongStream.range(0, EXAMPLES).toArray());
  }

  private int attackedIn(int epoch, double cleanShare) {
    LogitsLearner learner = new LogitsLearner(CLASSES);
    new AdversarialLesson(transform, ATTACK, cleanShare, new RobustLoss.OfAttacked(0))
        .step(learner, batch(), origin(epoch), 0.1);
    Tensor images = learner.steps().get(0).images();
    int attacked = 0;
    for (int row = 0; row < EXAMPLES; row++) {
      attacked += images.get(row, 0) == 1 ? 1 : 0;
    }
    return attacked;
  }

  @Test
  void attacksWithTheEpsilonOfTheEpoch() {
    assertThat(attackedIn(0, 0)).isEqualTo(EXAMPLES);
    assertThat(attackedIn(1, 0)).isEqualTo(EXAMPLES);
    assertThat(epsilons).containsExactly(0.1, 0.2);
  }

  @Test
  void leavesAShareOfTheExamplesClean() {
    assertThat(attackedIn(0, 0.5)).isBetween(70, 130);
    assertThat(attackedIn(0, 0.9)).isBetween(5, 40);
  }

  @Test
  void gradesCleanAndAttackedImagesByTheWholeAttack() {
    LogitsLearner learner = new LogitsLearner(CLASSES);
    Lesson.Grade grade =
        new AdversarialLesson(transform, ATTACK, 0.5, new RobustLoss.OfAttacked(0))
            .grade(learner, batch(), origin(0));
    assertThat(grade.right()).isEqualTo(Map.of("accuracy", EXAMPLES, "robust_accuracy", 0));
    assertThat(grade.loss()).isGreaterThan(Math.log(CLASSES) - 0.1).isLessThan(3);
    assertThat(epsilons).containsExactly(0.2);
  }
}
