package io.hone.learning.trainer;

import io.hone.api.BadInputException;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.run.Run;
import io.hone.api.train.AttackedClassifier;
import io.hone.learning.engine.Learner;
import io.hone.learning.engine.LearningBatch;
import io.hone.learning.engine.Objective;
import io.hone.learning.engine.Targets;
import io.hone.learning.loop.Lesson;
import io.hone.learning.trainer.TransformationLoss.Cost;
import java.util.Map;
import java.util.Optional;

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

  private final TransformationLoss unweighed;
  private final Optional<Weighing> weighing;
  private final AttackedClassifier attacked;
  private TransformationLoss loss;
  private Map<String, Object> notes = Map.of();

  /** Chooses the weights of a loss when the generator with its first weights is known. */
  interface Weighing {
    /**
     * Chooses weights.
     *
     * @param distance mean of the distances of all training examples
     * @param prediction mean of their prediction terms
     */
    Weights choose(double distance, double prediction);
  }

  /**
   * Weights of a loss.
   *
   * @param notes what the card tells of them
   * @param told what the user reads of them
   */
  record Weights(double ofDistance, double ofPrediction, Map<String, Object> notes, String told) {}

  /**
   * Creates the lesson of a loss whose weights are known.
   *
   * @param shape of the images
   */
  TransformationLesson(TransformationLoss loss, AttackedClassifier attacked, ImageShape shape) {
    this(loss, Optional.empty(), attacked, shape);
  }

  /**
   * Creates the lesson of a loss that is weighed before the first step.
   *
   * @param shape of the images
   */
  TransformationLesson(
      TransformationLoss unweighed,
      Weighing weighing,
      AttackedClassifier attacked,
      ImageShape shape) {
    this(unweighed, Optional.of(weighing), attacked, shape);
  }

  private TransformationLesson(
      TransformationLoss unweighed,
      Optional<Weighing> weighing,
      AttackedClassifier attacked,
      ImageShape shape) {
    this.unweighed = unweighed;
    this.weighing = weighing;
    this.loss = unweighed;
    this.attacked = attacked;
    if (!attacked.classifier().accepts(shape)) {
      throw new BadInputException(
          "data.model: the classifier to be attacked does not take images of "
              + shape
              + "; name one that was trained on such images");
    }
  }

  @Override
  public void begin(Learner learner, Iterable<LearningBatch> batches, Run run) {
    if (weighing.isEmpty()) {
      return;
    }
    double distance = 0;
    double prediction = 0;
    int examples = 0;
    for (LearningBatch batch : batches) {
      int size = batch.images().rows();
      Cost cost = cost(batch, learner.infer(batch.images()));
      distance += size * cost.distance();
      prediction += size * cost.prediction();
      examples += size;
    }
    Weights chosen = weighing.get().choose(distance / examples, prediction / examples);
    loss = unweighed.weighing(chosen.ofDistance(), chosen.ofPrediction());
    notes = chosen.notes();
    run.notice(chosen.told());
  }

  @Override
  public Map<String, Object> notes() {
    return notes;
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
    return loss.parts(cost);
  }

  @Override
  public Grade grade(Learner learner, LearningBatch batch, Origin origin) {
    Cost cost = cost(batch, learner.infer(batch.images()));
    int[] wanted = wanted(batch);
    int right = 0;
    for (int row = 0; row < wanted.length; row++) {
      right += cost.predicted()[row] == wanted[row] ? 1 : 0;
    }
    return new Grade(loss.mean(cost), Map.of(SUCCESS, right));
  }

  private Cost cost(LearningBatch batch, Tensor made) {
    return loss.of(batch.images(), made, wanted(batch), attacked.classifier());
  }

  private static int[] wanted(LearningBatch batch) {
    return ((Targets.Classes) batch.targets()).classes();
  }

  @Override
  public Map<String, Object> identity() {
    String weighed = weighing.map(how -> ", " + how).orElse("");
    return Map.of("loss", unweighed + weighed, "attacked model", attacked.sha256());
  }
}
