package io.hone.plugins.datasets.mnist;

import io.hone.api.data.Dataset;
import io.hone.api.tensor.ImageShape;
import io.hone.api.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/** Images and labels in memory, all of them or those of some classes. */
final class MnistDataset implements Dataset {
  static final int CLASSES = 10;
  private static final float LARGEST = 255f;

  private final ImageShape shape;
  private final byte[] pixels;
  private final byte[] labels;
  private final int[] samples;
  private final String fingerprint;

  /**
   * Creates the data set.
   *
   * @param images {@code [N, H, W]}
   * @param labels {@code [N]}, each below {@link #CLASSES}
   * @param classes to select; empty for all of them
   */
  MnistDataset(IdxArray images, IdxArray labels, List<Integer> classes) {
    this.shape = new ImageShape(1, images.shape()[1], images.shape()[2]);
    this.pixels = images.values();
    this.labels = labels.values();
    this.samples =
        IntStream.range(0, this.labels.length)
            .filter(sample -> classes.isEmpty() || classes.contains((int) this.labels[sample]))
            .toArray();
    String content = images.contentHash() + "+" + labels.contentHash();
    this.fingerprint = classes.isEmpty() ? content : content + " classes " + classes;
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
    return IntStream.range(0, CLASSES).mapToObj(Integer::toString).toList();
  }

  @Override
  public long sample(long position) {
    return samples[Math.toIntExact(position)];
  }

  @Override
  public int label(long position) {
    return labels[samples[Math.toIntExact(position)]];
  }

  @Override
  public void read(long position, Tensor into, int[] intoLabels) {
    float[] image = new float[shape.features()];
    for (int row = 0; row < into.rows(); row++) {
      int sample = samples[Math.toIntExact(position + row)];
      int start = sample * image.length;
      for (int feature = 0; feature < image.length; feature++) {
        image[feature] = Byte.toUnsignedInt(pixels[start + feature]) / LARGEST;
      }
      into.setRow(row, image);
      intoLabels[row] = labels[sample];
    }
  }

  @Override
  public String fingerprint() {
    return fingerprint;
  }
}
