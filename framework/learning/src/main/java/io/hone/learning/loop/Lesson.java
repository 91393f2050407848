package io.hone.learning.loop;

import io.hone.api.run.Run;
import io.hone.learning.engine.Companion;
import io.hone.learning.engine.Learner;
import io.hone.learning.engine.LearningBatch;
import io.hone.learning.engine.Objective;
import java.util.List;
import java.util.Map;

/** What a network learns from a batch, and how well it knows it. */
public interface Lesson {
  /** Returns what the engine makes small. */
  Objective objective();

  /** Returns whether targets are classes; where not, they are images of the shape of the inputs. */
  boolean classifies();

  /**
   * Looks at the network with its first weights, also where a training goes on later from other
   * weights.
   *
   * @param batches all training examples, as they are
   * @param run to which is told what was found
   */
  default void begin(Learner learner, Iterable<LearningBatch> batches, Run run) {}

  /** Returns what the card tells of the training beside its figures, once it began. */
  default Map<String, Object> notes() {
    return Map.of();
  }

  /**
   * Makes one step.
   *
   * @param origin where the examples come from
   * @param rate the learning rate
   * @return the parts of the loss before the step by name, each a mean over the examples
   */
  Map<String, Double> step(Learner learner, LearningBatch batch, Origin origin, double rate);

  /** Returns how well the network does on a batch, in inference mode. */
  Grade grade(Learner learner, LearningBatch batch, Origin origin);

  /** Returns whether the lesson attacks the network while it learns. */
  default boolean attacks() {
    return false;
  }

  /** Returns further networks that the lesson trains in turns with the first; usually none. */
  default List<Companion> companions() {
    return List.of();
  }

  /**
   * Gives the lesson its further networks, before the first step.
   *
   * @param companions by the names of {@link #companions}
   */
  default void meet(Map<String, Learner> companions) {}

  /**
   * Returns everything the lesson depends on, its examples apart, by what a scenario calls it, such
   * as {@code attack}. The texts of the values tell one lesson from another.
   */
  Map<String, Object> identity();

  /**
   * Where the examples of a batch come from.
   *
   * @param epoch number of epochs before this one
   * @param examples the number of each; validation examples count on behind the training examples
   */
  record Origin(int epoch, long[] examples) {}

  /**
   * How well a network does on a batch.
   *
   * @param loss a mean over the examples
   * @param right how many examples come out as they should, by the name of what is counted, such as
   *     {@code accuracy}
   */
  record Grade(double loss, Map<String, Integer> right) {}
}
