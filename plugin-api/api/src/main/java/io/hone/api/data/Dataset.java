package io.hone.api.data;

import io.hone.api.stability.Stability;
import java.util.List;

/** An opened data set: labelled images of one shape that can be read anywhere, from any thread. */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public interface Dataset extends AutoCloseable {
  /**
   * What {@link #read} sets for an image without a label: the model's own prediction is then used.
   */
  int NO_LABEL = -1;

  /** Returns the number of images. */
  long size();

  /** Returns the shape of every image. */
  ImageShape shape();

  /**
   * Returns the names of the classes in the order of the labels; empty if the data set names none.
   */
  List<String> classNames();

  /**
   * Returns the index in the whole data set of the image at a position.
   *
   * <p>Differs from the position where the opened data set is a selection (some classes only), so
   * that a sample keeps its identity, and with it its random streams, whatever was selected.
   */
  default long sample(long position) {
    return position;
  }

  /**
   * Reads consecutive images.
   *
   * @param position of the first image
   * @param into {@code [n, C, H, W]}, filled with values in [0, 1]
   * @param labels filled with the {@code n} true classes, or {@link #NO_LABEL}
   */
  void read(long position, Tensor into, int[] labels);

  /**
   * Returns the true class of the image at a position, or {@link #NO_LABEL}.
   *
   * <p>Overridden where the label is known without reading the image: every label is checked before
   * the first batch.
   */
  default int label(long position) {
    int[] labels = new int[1];
    read(position, Tensor.images(1, shape()), labels);
    return labels[0];
  }

  /**
   * Checks images that are going to be read, so that what is wrong with one of the last of them is
   * told before the first batch and not after hours.
   *
   * <p>Overridden where what is wrong does not show when the data set is opened, and the check is
   * cheap beside a run.
   *
   * @param position of the first image
   * @throws io.hone.api.BadInputException naming the image and what is wrong with it
   */
  default void check(long position, long count) {}

  /** Returns a text that changes with the content, such as a SHA-256, for provenance. */
  String fingerprint();

  @Override
  default void close() {}
}
