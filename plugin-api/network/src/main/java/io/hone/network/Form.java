package io.hone.network;

import io.hone.api.data.ImageShape;
import io.hone.api.stability.Stability;

/**
 * What flows between layers: images, or features in a row.
 *
 * @param shape of an image; features are channels of one pixel
 * @param flat whether these are features in a row
 */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
public record Form(ImageShape shape, boolean flat) {
  /** Checks that features are channels of one pixel. */
  public Form {
    if (flat && shape.pixels() != 1) {
      throw new IllegalArgumentException("features in a row have one pixel, not " + shape);
    }
  }

  /** Returns the form of images. */
  public static Form image(ImageShape shape) {
    return new Form(shape, false);
  }

  /** Returns the form of images of other channels and sizes. */
  public static Form image(int channels, int height, int width) {
    return image(new ImageShape(channels, height, width));
  }

  /** Returns the form of a row of features. */
  public static Form features(int count) {
    return new Form(new ImageShape(count, 1, 1), true);
  }

  /** Returns the number of channels, or of features in a row. */
  public int channels() {
    return shape.channels();
  }

  /**
   * Returns the shape of the images.
   *
   * @throws IllegalArgumentException if these are features in a row
   */
  ImageShape images() {
    if (flat) {
      throw new IllegalArgumentException(
          "takes images, not " + this + "; put it before the flattening");
    }
    return shape;
  }

  @Override
  public String toString() {
    return flat ? shape.channels() + " features" : "images of " + shape;
  }
}
