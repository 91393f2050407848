package io.hone.network;

import io.hone.api.data.ImageShape;
import java.util.Map;

/** An architecture of classifiers that is named and not looked up yet. */
record NamedClassifier(String id, Map<String, Object> parameters) implements ClassifierUse {
  NamedClassifier {
    parameters = Map.copyOf(parameters);
  }

  @Override
  public Network network(ImageShape images, int classes) {
    throw notReady(id);
  }

  static IllegalStateException notReady(String id) {
    return new IllegalStateException(
        "the architecture '" + id + "' is only named; bind the trainer's parameters first");
  }
}
