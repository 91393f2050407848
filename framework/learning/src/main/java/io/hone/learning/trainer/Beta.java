package io.hone.learning.trainer;

import io.hone.learning.trainer.TransformationLesson.Weighing;
import io.hone.learning.trainer.TransformationLesson.Weights;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The weight of AE4DNN's class term, beside one less of it for the distance, and its bound by
 * formula 3: the distance shall weigh more than the class term while the network is untrained.
 *
 * @param given empty: the bound itself
 */
record Beta(Optional<Double> given) implements Weighing {
  /**
   * Chooses the weights.
   *
   * @param distance mean of the squared distance divided by the number of features
   * @param prediction mean of the class term
   */
  @Override
  public Weights choose(double distance, double prediction) {
    double bound = bound(distance, prediction);
    double beta = given.orElse(bound);
    String what =
        given.isEmpty() ? "this bound" : beta + (beta > bound ? ", which is above it" : "");
    // Sorted, because a card is written in the order of its notes.
    return new Weights(
        1 - beta,
        beta,
        new TreeMap<>(Map.of("beta", beta, "beta_bound", bound)),
        String.format(
            Locale.ROOT,
            "formula 3 bounds beta by %.4f (untrained network: distance %.4f, class term %.4f); beta is %s",
            bound,
            distance,
            prediction,
            what));
  }

  /** Returns the bound of formula 3; 0 where both terms are 0. */
  static double bound(double distance, double prediction) {
    return distance > 0 ? distance / (distance + prediction) : 0;
  }
}
