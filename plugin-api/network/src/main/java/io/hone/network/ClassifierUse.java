package io.hone.network;

import io.hone.api.data.ImageShape;
import io.hone.api.stability.Stability;
import java.util.Map;

/** An architecture of classifiers with its parameters that a trainer trains. */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
public interface ClassifierUse extends ArchitectureUse {
  /**
   * Returns the use of an architecture that is not looked up yet. A program gives it to a trainer's
   * parameters; the architecture is found when they are bound.
   *
   * @param parameters plain values by their names in scenarios; the others have their defaults
   */
  static ClassifierUse of(String id, Map<String, Object> parameters) {
    return new NamedClassifier(id, parameters);
  }

  /**
   * Returns the network for images of a shape. Its output is a row of one logit for each class.
   *
   * @param classes number of classes, at least 1
   * @throws io.hone.api.BadInputException if the architecture cannot take such images, or does not
   *     keep its promise
   * @throws IllegalStateException if the architecture is only named
   */
  Network network(ImageShape images, int classes);
}
