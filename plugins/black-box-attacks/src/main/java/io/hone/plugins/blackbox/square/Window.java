package io.hone.plugins.blackbox.square;

import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import java.util.random.RandomGenerator;

/** A rectangle of an image's pixels, in all channels. */
record Window(int top, int left, int height, int width) {
  /** Draws where a square is; every place that holds it is equally likely. */
  static Window square(int side, ImageShape shape, RandomGenerator random) {
    int top = random.nextInt(shape.height() - side + 1);
    int left = random.nextInt(shape.width() - side + 1);
    return new Window(top, left, side, side);
  }

  static Window whole(ImageShape shape) {
    return new Window(0, 0, shape.height(), shape.width());
  }

  int bottom() {
    return top + height;
  }

  int right() {
    return left + width;
  }

  boolean holds(int row, int column) {
    return row >= top && row < bottom() && column >= left && column < right();
  }

  /** Copies what is in this window from one image to another of the same shape. */
  void copy(ImageShape shape, Tensor from, int fromImage, Tensor to, int toImage) {
    if (width == shape.width() && height == shape.height()) {
      to.copyRow(toImage, from, fromImage);
      return;
    }
    for (int channel = 0; channel < shape.channels(); channel++) {
      copy(shape, channel, from, fromImage, to, toImage);
    }
  }

  /** Copies what is in one channel of this window. */
  void copy(ImageShape shape, int channel, Tensor from, int fromImage, Tensor to, int toImage) {
    for (int row = top; row < bottom(); row++) {
      int first = shape.feature(channel, row, left);
      for (int feature = first; feature < first + width; feature++) {
        to.set(toImage, feature, from.get(fromImage, feature));
      }
    }
  }
}
