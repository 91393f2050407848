package io.hone.host.component;

import io.hone.api.data.ImageShape;
import io.hone.network.Architecture;
import io.hone.network.ImageToImageUse;
import io.hone.network.Network;
import java.util.Map;

/**
 * An architecture that returns images, found and with checked parameters.
 *
 * @param bound the architecture with its parameters
 */
public record BoundImageToImage(BoundComponent<Architecture<Record>> bound)
    implements ImageToImageUse {
  @Override
  public String id() {
    return bound.descriptor().id();
  }

  @Override
  public Map<String, Object> parameters() {
    return bound.effective();
  }

  @Override
  public Network network(ImageShape images) {
    return new ArchitecturePromise(bound).imageToImage(images);
  }
}
