package io.hone.learning.loop;

import io.hone.api.data.ImageShape;
import io.hone.learning.engine.Learner;
import io.hone.learning.engine.LearningBatch;
import io.hone.learning.engine.Objective;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lets a learner step, and grades it by its own measure or by figures that a test wrote down. */
final class FakeLesson implements Lesson {
  private final List<Double> grades;
  private final List<Origin> learned = new ArrayList<>();
  private final List<Origin> graded = new ArrayList<>();
  private final List<ImageShape> gradedShapes = new ArrayList<>();
  private Map<String, Double> parts = Map.of();
  private String attack = "none";

  private FakeLesson(List<Double> grades) {
    this.grades = grades;
  }

  /** Returns the lesson that grades by the learner's measure. */
  static FakeLesson measured() {
    return new FakeLesson(List.of());
  }

  /**
   * Returns the lesson that grades by given losses.
   *
   * @param losses after each epoch
   */
  static FakeLesson graded(double... losses) {
    List<Double> grades = new ArrayList<>();
    for (double loss : losses) {
      grades.add(loss);
    }
    return new FakeLesson(grades);
  }

  /** Lets each step tell these parts of its loss. */
  FakeLesson telling(Map<String, Double> others) {
    parts = new LinkedHashMap<>(others);
    return this;
  }

  /** Lets the lesson say that it depends on an attack. */
  FakeLesson attacking(String other) {
    attack = other;
    return this;
  }

  /** Returns where the examples of each step came from. */
  List<Origin> learned() {
    return learned;
  }

  /** Returns where the graded examples came from. */
  List<Origin> graded() {
    return graded;
  }

  /** Returns the shape of each batch of graded images. */
  List<ImageShape> gradedShapes() {
    return gradedShapes;
  }

  @Override
  public Objective objective() {
    return Objective.CrossEntropy.plain();
  }

  @Override
  public boolean classifies() {
    return true;
  }

  @Override
  public Map<String, Double> step(
      Learner learner, LearningBatch batch, Origin origin, double rate) {
    learned.add(origin);
    Map<String, Double> loss = learner.step(batch, rate);
    return parts.isEmpty() ? loss : parts;
  }

  @Override
  public Grade grade(Learner learner, LearningBatch batch, Origin origin) {
    graded.add(origin);
    gradedShapes.add(batch.images().imageShape());
    Learner.Measured measured = learner.measure(batch);
    int right = 0;
    for (int row = 0; row < batch.size(); row++) {
      right += measured.output().argmax(row);
    }
    double loss = grades.isEmpty() ? measured.loss() : grades.get(origin.epoch());
    return new Grade(loss, Map.of("accuracy", right));
  }

  @Override
  public Map<String, Object> identity() {
    return Map.of("loss", "fake", "attack", attack);
  }
}
