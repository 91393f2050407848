package io.hone.learning.trainer;

import io.hone.api.data.ImageBatch;
import io.hone.api.data.Tensor;
import io.hone.api.train.BatchTransform;
import io.hone.learning.engine.Learner;
import io.hone.learning.engine.LearningBatch;
import io.hone.learning.engine.Logits;
import io.hone.learning.engine.Objective;
import io.hone.learning.engine.Targets;
import io.hone.learning.loop.Lesson;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * To tell classes apart although images are attacked: each batch is attacked with the weights of
 * the moment (Madry et al. 2018, equation 2.1).
 */
final class AdversarialLesson implements Lesson {
  private static final String ROBUST_ACCURACY = "robust_accuracy";

  private final BatchTransform transform;
  private final WarmUp attack;
  private final double cleanShare;
  private final RobustLoss loss;

  /**
   * Creates the lesson.
   *
   * @param transform attacks batches
   * @param attack of each epoch
   * @param cleanShare the share of examples that stay clean, from 0 to below 1
   * @param loss what is learned from clean and attacked images
   */
  AdversarialLesson(BatchTransform transform, WarmUp attack, double cleanShare, RobustLoss loss) {
    this.transform = transform;
    this.attack = attack;
    this.cleanShare = cleanShare;
    this.loss = loss;
  }

  @Override
  public Objective objective() {
    return loss.objective();
  }

  @Override
  public boolean attacks() {
    return true;
  }

  @Override
  public boolean classifies() {
    return true;
  }

  @Override
  public Map<String, Double> step(
      Learner learner, LearningBatch batch, Origin origin, double rate) {
    Tensor attacked =
        transform.attacked(
            attack.in(origin.epoch()),
            origin.epoch(),
            new ImageBatch(batch.images(), origin.examples()),
            classes(batch),
            learner.classifier());
    for (int row = 0; cleanShare > 0 && row < batch.size(); row++) {
      if (transform.random(origin.epoch(), origin.examples()[row]).nextDouble() < cleanShare) {
        attacked.copyRows(row, batch.images(), row, 1);
      }
    }
    return loss.step(learner, batch, attacked, rate);
  }

  @Override
  public Grade grade(Learner learner, LearningBatch batch, Origin origin) {
    int[] truth = classes(batch);
    Map<String, Integer> right = new LinkedHashMap<>();
    right.put(SupervisedLesson.ACCURACY, Logits.right(learner.infer(batch.images()), truth));
    Tensor attacked =
        transform.attacked(
            attack.whole(),
            origin.epoch(),
            new ImageBatch(batch.images(), origin.examples()),
            truth,
            learner.classifier());
    Tensor logits = learner.infer(attacked);
    right.put(ROBUST_ACCURACY, Logits.right(logits, truth));
    return new Grade(Objective.CrossEntropy.plain().of(logits, batch.targets()), right);
  }

  private static int[] classes(LearningBatch batch) {
    return ((Targets.Classes) batch.targets()).classes();
  }

  @Override
  public Map<String, Object> identity() {
    return Map.of("attack", attack, "share of clean images", cleanShare, "loss", loss);
  }
}
