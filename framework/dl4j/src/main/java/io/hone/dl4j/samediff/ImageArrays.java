package io.hone.dl4j.samediff;

import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Turns images as Hone holds them into arrays with their channels last, and back. */
public final class ImageArrays {
  private final ImageShape shape;
  private final ChannelsLast rows;

  /** Creates the translation for images of a shape. */
  public ImageArrays(ImageShape shape) {
    this.shape = shape;
    this.rows = new ChannelsLast(shape);
  }

  /** Returns {@code [N, C, H, W]} as {@code [N, H, W, C]}. */
  public INDArray array(Tensor images) {
    float[] values = new float[images.rows() * shape.features()];
    float[] row = new float[shape.features()];
    for (int i = 0; i < images.rows(); i++) {
      images.readRow(i, row);
      rows.channelsLast(row, values, i * row.length);
    }
    long[] size = {images.rows(), shape.height(), shape.width(), shape.channels()};
    return Nd4j.create(values, size, 'c');
  }

  /** Returns {@code [N, H, W, C]} as {@code [N, C, H, W]}. */
  public Tensor tensor(INDArray images) {
    float[] values = WeightArrays.values(images);
    Tensor tensor = Tensor.images(values.length / shape.features(), shape);
    float[] row = new float[shape.features()];
    for (int i = 0; i < tensor.rows(); i++) {
      rows.channelsFirst(values, i * row.length, row);
      tensor.setRow(i, row);
    }
    return tensor;
  }
}
