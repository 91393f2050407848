package io.hone.learning.network;

import io.hone.api.data.ImageShape;
import java.util.List;

/** A network's layers for images of any shape: what a training scenario names. */
@FunctionalInterface
public interface Architecture {
  /**
   * Returns the layers.
   *
   * @param input shape of an image
   * @param classes number of classes; 0 if the network returns images
   */
  List<Layer> layers(ImageShape input, int classes);
}
