package io.hone.plugins.datasets.numpy;

import io.hone.api.BadInputException;
import io.hone.api.DatasetRequest;
import io.hone.api.data.ImageShape;
import io.hone.numpy.NumpyArray;
import java.util.Optional;

/**
 * How the values of a row make an image.
 *
 * @param shape of the image
 * @param channelsLast whether a pixel's channels are side by side
 */
record ImageAxes(ImageShape shape, boolean channelsLast) {
  /**
   * Reads the axes from an array's shape; {@code layout} decides where that can be read two ways.
   *
   * @param request tells of a model of flat values, which takes rows of any shape
   */
  static ImageAxes of(NumpyArray images, Optional<Layout> layout, DatasetRequest request) {
    return wanted(request)
        .filter(shape -> layout.isEmpty() && isFlat(images, shape))
        .map(shape -> new ImageAxes(image(images, shape), false))
        .orElseGet(() -> of(images, layout));
  }

  /** A model of flat values knows no order of an image's axes but that of the array. */
  private static boolean isFlat(NumpyArray images, ImageShape wanted) {
    return wanted.pixels() == 1 && images.rowSize() == wanted.features();
  }

  private static Optional<ImageShape> wanted(DatasetRequest request) {
    return request.channels().isPresent()
            && request.height().isPresent()
            && request.width().isPresent()
        ? Optional.of(
            new ImageShape(request.channels().get(), request.height().get(), request.width().get()))
        : Optional.empty();
  }

  private static ImageAxes of(NumpyArray images, Optional<Layout> layout) {
    long[] shape = images.shape();
    if (shape.length == 3) {
      return new ImageAxes(image(images, 1, shape[1], shape[2]), false);
    }
    if (shape.length != 4) {
      throw new BadInputException(
          images.name()
              + " has the shape "
              + images.shapeText()
              + " where images have N x C x H x W, N x H x W x C or N x H x W; reshape the array");
    }
    boolean last = layout.orElseGet(() -> guess(images, shape)) == Layout.NHWC;
    return new ImageAxes(
        last
            ? image(images, shape[3], shape[1], shape[2])
            : image(images, shape[1], shape[2], shape[3]),
        last);
  }

  private static Layout guess(NumpyArray images, long[] shape) {
    boolean first = isColor(shape[1]);
    boolean last = isColor(shape[3]);
    if (first == last) {
      throw new BadInputException(
          images.name()
              + " has the shape "
              + images.shapeText()
              + ", which does not tell where its channels are; add `layout: nchw` or `layout:"
              + " nhwc`");
    }
    return first ? Layout.NCHW : Layout.NHWC;
  }

  private static boolean isColor(long channels) {
    return channels == 1 || channels == 3;
  }

  private static ImageShape image(NumpyArray images, ImageShape shape) {
    return image(images, shape.channels(), shape.height(), shape.width());
  }

  private static ImageShape image(NumpyArray images, long channels, long height, long width) {
    if (images.rows() == 0) {
      throw new BadInputException(images.name() + " holds no images; give an array with rows");
    }
    return new ImageShape((int) channels, (int) height, (int) width);
  }

  /** Puts one row's values into the order channel, row, column. */
  void arrange(float[] values, float[] image) {
    if (!channelsLast) {
      System.arraycopy(values, 0, image, 0, image.length);
      return;
    }
    int channels = shape.channels();
    for (int pixel = 0; pixel < shape.pixels(); pixel++) {
      for (int channel = 0; channel < channels; channel++) {
        image[channel * shape.pixels() + pixel] = values[pixel * channels + channel];
      }
    }
  }
}
