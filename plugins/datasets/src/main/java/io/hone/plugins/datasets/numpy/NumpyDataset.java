package io.hone.plugins.datasets.numpy;

import io.hone.api.data.Dataset;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Pixels;
import io.hone.api.run.Run;
import io.hone.numpy.NumpyArray;
import io.hone.numpy.PixelRange;
import java.util.List;

/** Images read from their file as they are asked for, and labels in memory. */
final class NumpyDataset implements Dataset {
  private static final float LARGEST = 255f;

  private final NumpyArray images;
  private final Run run;
  private final ImageAxes axes;
  private final int[] labels;
  private final String fingerprint;

  /**
   * Creates the data set.
   *
   * @param labels one for each image, {@link #NO_LABEL} where there is none
   * @param run is told of values that are clipped
   */
  NumpyDataset(NumpyArray images, ImageAxes axes, int[] labels, String fingerprint, Run run) {
    this.images = images;
    this.run = run;
    this.axes = axes;
    this.labels = labels;
    this.fingerprint = fingerprint;
  }

  @Override
  public long size() {
    return images.rows();
  }

  @Override
  public ImageShape shape() {
    return axes.shape();
  }

  @Override
  public List<String> classNames() {
    return List.of();
  }

  @Override
  public int label(long position) {
    return labels[Math.toIntExact(position)];
  }

  @Override
  public void read(long position, Tensor into, int[] intoLabels) {
    float[] values = new float[images.rowSize()];
    float[] image = new float[images.rowSize()];
    for (int row = 0; row < into.rows(); row++) {
      long sample = position + row;
      images.readFloats(sample, values);
      scale(sample, values);
      axes.arrange(values, image);
      into.setRow(row, image);
      intoLabels[row] = label(sample);
    }
  }

  private void scale(long sample, float[] values) {
    boolean bytes = !images.type().floating();
    for (int index = 0; index < values.length; index++) {
      float value = bytes ? values[index] / LARGEST : values[index];
      if (!PixelRange.isRounded(value)) {
        throw PixelRange.of(images, sample, 1).refusal(images.name());
      }
      values[index] = Pixels.clip(value);
    }
  }

  @Override
  public void check(long position, long count) {
    PixelRange range = PixelRange.of(images, position, count);
    if (range.outsideRow() >= 0) {
      throw range.refusal(images.name());
    }
    if (range.roundedRow() >= 0) {
      run.notice(range.clipping(images.name()));
    }
    if (range.isNearlyBlack()) {
      run.distrust(range.blackness(images));
    }
  }

  @Override
  public String fingerprint() {
    return fingerprint;
  }

  @Override
  public void close() {
    images.close();
  }
}
