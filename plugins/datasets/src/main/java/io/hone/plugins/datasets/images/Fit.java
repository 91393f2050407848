package io.hone.plugins.datasets.images;

import io.hone.api.data.ImageShape;
import java.util.Optional;

/**
 * How an image of any size comes to the data set's shape: it is resized without distortion, and
 * what is outside the centre is cut off.
 *
 * @param shape of the result
 * @param shortSide what the shorter side is resized to; if empty, the image is resized until it
 *     just covers the shape
 */
record Fit(ImageShape shape, Optional<Integer> shortSide) {
  /** Returns the height of an image after resizing, before it is cut. */
  int resizedHeight(long height, long width) {
    if (shortSide.isPresent()) {
      return (int) (height <= width ? shortSide.get() : height * shortSide.get() / width);
    }
    return (int) (isTooWide(height, width) ? shape.height() : height * shape.width() / width);
  }

  /** Returns the width of an image after resizing, before it is cut. */
  int resizedWidth(long height, long width) {
    if (shortSide.isPresent()) {
      return (int) (height <= width ? width * shortSide.get() / height : shortSide.get());
    }
    return (int) (isTooWide(height, width) ? width * shape.height() / height : shape.width());
  }

  /** Compares height / width with the wanted ratio in whole numbers. */
  private boolean isTooWide(long height, long width) {
    return height * shape.width() < width * shape.height();
  }

  /** Returns whether an image changes its size. */
  boolean changes(ImageHeader image) {
    return image.height() != shape.height()
        || image.width() != shape.width()
        || shortSide.filter(side -> side != Math.min(image.height(), image.width())).isPresent();
  }

  /** Returns whether a resized image still covers the shape. */
  boolean covers(ImageHeader image) {
    return resizedHeight(image.height(), image.width()) >= shape.height()
        && resizedWidth(image.height(), image.width()) >= shape.width();
  }
}
