package io.hone.plugins.datasets.eightbit;

import io.hone.api.data.Dataset;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.EightBit;
import java.util.List;

/** Images of 8-bit grey or colour values in memory, with their labels. */
public final class EightBitDataset implements Dataset {
  private final ImageShape shape;
  private final byte[] pixels;
  private final byte[] labels;
  private final int[] samples;
  private final List<String> classNames;
  private final String fingerprint;

  /**
   * Creates the data set.
   *
   * @param pixels image after image, each channel by channel and row by row; not copied
   * @param labels the class of each image; not copied
   * @param samples the index of each image in the whole data set, ascending; not copied
   * @param classNames in the order of the classes
   * @param fingerprint changes with the content
   */
  public EightBitDataset(
      ImageShape shape,
      byte[] pixels,
      byte[] labels,
      int[] samples,
      List<String> classNames,
      String fingerprint) {
    if (labels.length != samples.length || pixels.length != samples.length * shape.features()) {
      throw new IllegalArgumentException(
          pixels.length + " pixel values and " + labels.length + " labels of " + samples.length);
    }
    this.shape = shape;
    this.pixels = pixels;
    this.labels = labels;
    this.samples = samples;
    this.classNames = List.copyOf(classNames);
    this.fingerprint = fingerprint;
  }

  @Override
  public long size() {
    return samples.length;
  }

  @Override
  public ImageShape shape() {
    return shape;
  }

  @Override
  public List<String> classNames() {
    return classNames;
  }

  @Override
  public long sample(long position) {
    return samples[Math.toIntExact(position)];
  }

  @Override
  public int label(long position) {
    return labels[Math.toIntExact(position)];
  }

  @Override
  public void read(long position, Tensor into, int[] intoLabels) {
    float[] image = new float[shape.features()];
    for (int row = 0; row < into.rows(); row++) {
      int at = Math.toIntExact(position + row);
      int start = at * image.length;
      for (int feature = 0; feature < image.length; feature++) {
        image[feature] = EightBit.value(Byte.toUnsignedInt(pixels[start + feature]));
      }
      into.setRow(row, image);
      intoLabels[row] = labels[at];
    }
  }

  @Override
  public String fingerprint() {
    return fingerprint;
  }
}
