package io.hone.network;

import io.hone.api.data.ImageShape;
import io.hone.api.stability.Stability;
import java.util.List;

/** An architecture whose layers follow one another. */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
@FunctionalInterface
public interface Chain extends Architecture {
  /**
   * Returns the layers.
   *
   * @param input shape of an image
   * @param classes number of classes; 0 if the network returns images
   */
  List<Layer> layers(ImageShape input, int classes);

  @Override
  default Value build(Value image, int classes) {
    return image.through(layers(image.shape(), classes));
  }
}
