package io.hone.plugins.datasets.eightbit;

import io.hone.api.data.ImageShape;
import java.util.Arrays;
import java.util.List;

/** Gathers the images of the classes that are kept, one after the other. */
public final class EightBitImages {
  private final ImageShape shape;
  private final ClassSelection selection;
  private final byte[] pixels;
  private final byte[] labels;
  private final int[] samples;
  private int kept;

  /**
   * Creates a collection without images.
   *
   * @param largest number of images that may come
   */
  public EightBitImages(ImageShape shape, ClassSelection selection, int largest) {
    this.shape = shape;
    this.selection = selection;
    this.pixels = new byte[Math.multiplyExact(largest, shape.features())];
    this.labels = new byte[largest];
    this.samples = new int[largest];
  }

  /**
   * Takes an image, if its class is kept.
   *
   * @param sample its index in the whole data set, larger than those before
   * @param source holds it from {@code offset} on, channel by channel and row by row
   */
  public void add(int sample, int label, byte[] source, int offset) {
    if (!selection.keeps(label)) {
      return;
    }
    System.arraycopy(source, offset, pixels, kept * shape.features(), shape.features());
    labels[kept] = (byte) label;
    samples[kept] = sample;
    kept++;
  }

  /**
   * Returns the data set of the images kept.
   *
   * @param contentHash of everything, what is not kept included
   */
  public EightBitDataset dataset(List<String> classNames, String contentHash) {
    boolean all = kept == labels.length;
    return new EightBitDataset(
        shape,
        all ? pixels : Arrays.copyOf(pixels, kept * shape.features()),
        all ? labels : Arrays.copyOf(labels, kept),
        all ? samples : Arrays.copyOf(samples, kept),
        classNames,
        selection.fingerprint(contentHash));
  }
}
