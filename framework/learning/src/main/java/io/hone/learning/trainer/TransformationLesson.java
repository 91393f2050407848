package io.hone.learning.trainer;

import io.hone.api.BadInputException;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.train.AttackedClassifier;
import io.hone.learning.engine.Learner;
import io.hone.learning.engine.LearningBatch;
import io.hone.learning.engine.Objective;
import io.hone.learning.engine.Targets;
import io.hone.learning.loop.Lesson;
import io.hone.learning.trainer.TransformationLoss.Cost;
import java.util.Map;

/**
 * To make images that a classifier takes for the wanted class.
 *
 * <p>The classifier is outside the generator's graph. Each step runs the generator, takes the
 * gradient of the whole loss to the made images from the classifier, and gives it back as a
 * constant: the sum of images times constants has the loss's gradient to every weight.
 */
final class TransformationLesson implements Lesson {
  /** What is counted: images that the classifier takes for the wanted class. */
  private static final String SUCCESS = "success_rate";

  private final TransformationLoss loss;
  private final AttackedClassifier attacked;

  /**
   * Creates the lesson.
   *
   * @param shape of the images
   */
  TransformationLesson(TransformationLoss loss, AttackedClassifier attacked, ImageShape shape) {
    this.loss = loss;
    this.attacked = attacked;
    if (!attacked.classifier().accepts(shape)) {
      throw new BadInputException(
          "data.model: the classifier to be attacked does not take images of "
              + shape
              + "; name one that was trained on such images");
    }
  }

  @Override
  public Objective objective() {
    return new Objective.GivenGradient();
  }

  @Override
  public boolean classifies() {
    return true;
  }

  @Override
  public Map<String, Double> step(
      Learner learner, LearningBatch batch, Origin origin, double rate) {
    Cost cost = cost(batch, learner.output(batch));
    learner.step(batch.withTargets(new Targets.Values(cost.gradient())), rate);
    return Map.of("generator", cost.mean());
  }

  @Override
  public Grade grade(Learner learner, LearningBatch batch, Origin origin) {
    Cost cost = cost(batch, learner.infer(batch.images()));
    int[] wanted = wanted(batch);
    int right = 0;
    for (int row = 0; row < wanted.length; row++) {
      right += cost.predicted()[row] == wanted[row] ? 1 : 0;
    }
    return new Grade(cost.mean(), Map.of(SUCCESS, right));
  }

  private Cost cost(LearningBatch batch, Tensor made) {
    return loss.of(batch.images(), made, wanted(batch), attacked.classifier());
  }

  private static int[] wanted(LearningBatch batch) {
    return ((Targets.Classes) batch.targets()).classes();
  }

  @Override
  public Map<String, Object> identity() {
    return Map.of("loss", loss, "attacked model", attacked.sha256());
  }
}
