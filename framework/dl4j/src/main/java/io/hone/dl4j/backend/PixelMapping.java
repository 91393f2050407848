package io.hone.dl4j.backend;

import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.ModelCard;
import io.hone.api.model.ModelCard.Layout;
import io.hone.api.model.ModelCard.Order;

/**
 * Brings images from [0, 1] and channels first to what a card asks for, and gradients back.
 *
 * @param input what the network expects
 */
record PixelMapping(ModelCard.Input input) {
  /** Returns whether the network takes images of this shape. */
  boolean accepts(ImageShape shape) {
    return shape.channels() == input.channels()
        && input.height().orElse(shape.height()) == shape.height()
        && input.width().orElse(shape.width()) == shape.width();
  }

  /** Returns images as the network takes them, row by row. */
  float[] toNetwork(Tensor images) {
    ImageShape shape = images.imageShape();
    float[] values = new float[images.rows() * shape.features()];
    float[] row = new float[shape.features()];
    for (int image = 0; image < images.rows(); image++) {
      images.readRow(image, row);
      for (int feature = 0; feature < row.length; feature++) {
        int channel = channel(shape, feature);
        values[image * row.length + position(shape, feature)] =
            row[feature] * scale(channel) + offset(channel);
      }
    }
    return values;
  }

  /**
   * Returns a gradient to images in [0, 1], from one to the network's own input.
   *
   * @param gradient in the network's layout
   */
  Tensor gradientFromNetwork(float[] gradient, int rows, ImageShape shape) {
    return fromNetwork(gradient, rows, shape, true);
  }

  /**
   * Returns images that the network drew, which are in [0, 1].
   *
   * @param images in the network's layout
   */
  Tensor imagesFromNetwork(float[] images, int rows, ImageShape shape) {
    return fromNetwork(images, rows, shape, false);
  }

  private Tensor fromNetwork(float[] values, int rows, ImageShape shape, boolean scaled) {
    Tensor result = Tensor.images(rows, shape);
    float[] row = new float[shape.features()];
    for (int image = 0; image < rows; image++) {
      for (int feature = 0; feature < row.length; feature++) {
        float value = values[image * row.length + position(shape, feature)];
        row[feature] = scaled ? value * scale(channel(shape, feature)) : value;
      }
      result.setRow(image, row);
    }
    return result;
  }

  /** Where the network has a feature that Hone counts channel by channel. */
  private int position(ImageShape shape, int feature) {
    int channel = channel(shape, feature);
    int pixel = feature % shape.pixels();
    return input.layout() == Layout.NCHW
        ? channel * shape.pixels() + pixel
        : pixel * shape.channels() + channel;
  }

  /** Returns which of the network's own channels holds a feature; mean and std are in its order. */
  private int channel(ImageShape shape, int feature) {
    int channel = feature / shape.pixels();
    return input.order() == Order.BGR ? shape.channels() - 1 - channel : channel;
  }

  /** Returns the shape in which the network takes images. */
  long[] axes(int rows, ImageShape shape) {
    return input.layout() == Layout.NCHW
        ? new long[] {rows, shape.channels(), shape.height(), shape.width()}
        : new long[] {rows, shape.height(), shape.width(), shape.channels()};
  }

  private float scale(int channel) {
    return (input.range().high() - input.range().low()) / std(channel);
  }

  private float offset(int channel) {
    float mean = input.mean().isEmpty() ? 0 : input.mean().get(channel);
    return (input.range().low() - mean) / std(channel);
  }

  private float std(int channel) {
    return input.std().isEmpty() ? 1 : input.std().get(channel);
  }
}
