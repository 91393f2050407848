package io.hone.network;

import io.hone.api.data.ImageShape;
import java.util.Map;

/** An architecture that returns images, and that is named and not looked up yet. */
record NamedImageToImage(String id, Map<String, Object> parameters) implements ImageToImageUse {
  NamedImageToImage {
    parameters = Map.copyOf(parameters);
  }

  @Override
  public Network network(ImageShape images) {
    throw NamedClassifier.notReady(id);
  }
}
