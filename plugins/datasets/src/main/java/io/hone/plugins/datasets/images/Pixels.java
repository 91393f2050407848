package io.hone.plugins.datasets.images;

import io.hone.api.data.ImageShape;
import io.hone.api.geometry.EightBit;

/** An image of its own size while it is fitted to the data set's shape. */
final class Pixels {
  // ITU-R BT.601, what most tools turn colours into grey with.
  private static final float[] LUMA = {0.299f, 0.587f, 0.114f};
  private static final int WHITE = 255;

  private final ImageShape shape;
  private final float[] values;

  Pixels(int channels, int height, int width) {
    this.shape = new ImageShape(channels, height, width);
    this.values = new float[shape.features()];
  }

  ImageShape shape() {
    return shape;
  }

  float get(int channel, int row, int column) {
    return values[shape.feature(channel, row, column)];
  }

  void set(int channel, int row, int column, float value) {
    values[shape.feature(channel, row, column)] = value;
  }

  /**
   * Returns the features of this image brought to a shape: converted to grey or colour, resized
   * without distortion, and cut to its centre.
   *
   * <p>Values end on the 8-bit grid, as those of any image file do.
   */
  float[] fit(Fit wanted) {
    int height = wanted.resizedHeight(shape.height(), shape.width());
    int width = wanted.resizedWidth(shape.height(), shape.width());
    // Grey images get their other channels last: those of a large photo would fill the memory.
    Pixels converted = wanted.shape().channels() == 1 ? withChannels(1) : this;
    float[] features =
        converted
            .resizedRows(height)
            .resizedColumns(width)
            .center(wanted.shape())
            .withChannels(wanted.shape().channels())
            .values;
    for (int feature = 0; feature < features.length; feature++) {
      int level = Math.max(0, Math.min(WHITE, EightBit.level(features[feature])));
      features[feature] = EightBit.value(level);
    }
    return features;
  }

  private Pixels withChannels(int channels) {
    if (channels == shape.channels()) {
      return this;
    }
    Pixels converted = new Pixels(channels, shape.height(), shape.width());
    for (int pixel = 0; pixel < shape.pixels(); pixel++) {
      if (channels == 1) {
        float grey = 0;
        for (int channel = 0; channel < LUMA.length; channel++) {
          grey += LUMA[channel] * values[channel * shape.pixels() + pixel];
        }
        converted.values[pixel] = grey;
      } else {
        for (int channel = 0; channel < channels; channel++) {
          converted.values[channel * shape.pixels() + pixel] = values[pixel];
        }
      }
    }
    return converted;
  }

  private Pixels resizedRows(int height) {
    if (height == shape.height()) {
      return this;
    }
    LinearFilter filter = new LinearFilter(shape.height(), height);
    Pixels resized = new Pixels(shape.channels(), height, shape.width());
    for (int channel = 0; channel < shape.channels(); channel++) {
      for (int row = 0; row < height; row++) {
        for (int column = 0; column < shape.width(); column++) {
          int start = shape.feature(channel, 0, column);
          resized.set(channel, row, column, filter.apply(row, values, start, shape.width()));
        }
      }
    }
    return resized;
  }

  private Pixels resizedColumns(int width) {
    if (width == shape.width()) {
      return this;
    }
    LinearFilter filter = new LinearFilter(shape.width(), width);
    Pixels resized = new Pixels(shape.channels(), shape.height(), width);
    for (int channel = 0; channel < shape.channels(); channel++) {
      for (int row = 0; row < shape.height(); row++) {
        int start = shape.feature(channel, row, 0);
        for (int column = 0; column < width; column++) {
          resized.set(channel, row, column, filter.apply(column, values, start, 1));
        }
      }
    }
    return resized;
  }

  private Pixels center(ImageShape wanted) {
    int top = (shape.height() - wanted.height()) / 2;
    int left = (shape.width() - wanted.width()) / 2;
    Pixels cut = new Pixels(shape.channels(), wanted.height(), wanted.width());
    for (int channel = 0; channel < shape.channels(); channel++) {
      for (int row = 0; row < wanted.height(); row++) {
        for (int column = 0; column < wanted.width(); column++) {
          cut.set(channel, row, column, get(channel, top + row, left + column));
        }
      }
    }
    return cut;
  }
}
