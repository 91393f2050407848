package io.hone.network;

import io.hone.api.stability.Stability;

/** A network's layers for images of any shape: what a training scenario names. */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
@FunctionalInterface
public interface Architecture {
  /**
   * Returns the output that the layers make of an image.
   *
   * @param image what the network reads
   * @param classes number of classes; 0 if the network returns images
   * @throws IllegalArgumentException if the layers cannot take such images
   */
  Value build(Value image, int classes);
}
