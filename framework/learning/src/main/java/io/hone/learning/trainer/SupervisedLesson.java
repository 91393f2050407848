package io.hone.learning.trainer;

import io.hone.learning.engine.Learner;
import io.hone.learning.engine.LearningBatch;
import io.hone.learning.engine.Logits;
import io.hone.learning.engine.Objective;
import io.hone.learning.engine.Targets;
import io.hone.learning.loop.Lesson;
import java.util.Map;

/**
 * To return the target of each input.
 *
 * @param objective to be made small
 */
record SupervisedLesson(Objective objective) implements Lesson {
  /** What is counted of a classifier. */
  static final String ACCURACY = "accuracy";

  @Override
  public boolean classifies() {
    return objective instanceof Objective.CrossEntropy;
  }

  @Override
  public Map<String, Double> step(
      Learner learner, LearningBatch batch, Origin origin, double rate) {
    return learner.step(batch, rate);
  }

  @Override
  public Grade grade(Learner learner, LearningBatch batch, Origin origin) {
    Learner.Measured measured = learner.measure(batch);
    return new Grade(
        measured.loss(),
        batch.targets() instanceof Targets.Classes truth
            ? Map.of(ACCURACY, Logits.right(measured.output(), truth.classes()))
            : Map.of());
  }

  @Override
  public Map<String, Object> identity() {
    return Map.of("loss", objective);
  }
}
