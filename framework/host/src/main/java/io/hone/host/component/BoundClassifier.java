package io.hone.host.component;

import io.hone.api.data.ImageShape;
import io.hone.network.Architecture;
import io.hone.network.ClassifierUse;
import io.hone.network.Network;
import java.util.Map;

/**
 * An architecture of classifiers, found and with checked parameters.
 *
 * @param bound the architecture with its parameters
 */
public record BoundClassifier(BoundComponent<Architecture<Record>> bound) implements ClassifierUse {
  @Override
  public String id() {
    return bound.descriptor().id();
  }

  @Override
  public Map<String, Object> parameters() {
    return bound.effective();
  }

  @Override
  public Network network(ImageShape images, int classes) {
    return new ArchitecturePromise(bound).classifier(images, classes);
  }
}
