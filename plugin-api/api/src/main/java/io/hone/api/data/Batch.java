package io.hone.api.data;

import io.hone.api.geometry.Bounds;
import io.hone.api.stability.Stability;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Clean images with what is known and wanted of them: the input of an attack or improver.
 *
 * <p>The goal is the same for all rows: either every row has a target or none has.
 */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public final class Batch {
  /** What {@link #target(int)} is where the goal is untargeted. */
  public static final int NO_TARGET = -1;

  private final ImageBatch images;
  private final int[] labels;
  private final int[] targets;
  private final boolean targeted;
  private final List<Bounds> bounds;

  /**
   * Creates a batch whose features may have all values of [0, 1].
   *
   * @param labels the true class of each row
   * @param targets the class wanted of each row; {@link #NO_TARGET} in every row if untargeted
   */
  public Batch(ImageBatch images, int[] labels, int[] targets) {
    this(images, labels, targets, Collections.nCopies(images.size(), Bounds.PIXELS));
  }

  /**
   * Creates a batch whose features have bounds.
   *
   * @param labels the true class of each row
   * @param targets the class wanted of each row; {@link #NO_TARGET} in every row if untargeted
   * @param bounds within which each row's clean image is and its adversarial example must be
   * @throws IllegalArgumentException if a clean image is not within its bounds
   */
  public Batch(ImageBatch images, int[] labels, int[] targets, List<Bounds> bounds) {
    if (labels.length != images.size() || targets.length != images.size()) {
      throw new IllegalArgumentException(
          images.size() + " images, " + labels.length + " labels, " + targets.length + " targets");
    }
    this.images = images;
    this.labels = labels.clone();
    this.targets = targets.clone();
    long wanted = Arrays.stream(targets).filter(target -> target != NO_TARGET).count();
    if (wanted != 0 && wanted != targets.length) {
      throw new IllegalArgumentException("either every row has a target or none has");
    }
    this.targeted = wanted > 0;
    this.bounds = List.copyOf(bounds);
    checkBounds();
  }

  private void checkBounds() {
    if (bounds.size() != images.size()) {
      throw new IllegalArgumentException(images.size() + " images, " + bounds.size() + " bounds");
    }
    for (int row = 0; row < bounds.size(); row++) {
      if (!bounds.get(row).areAllPixels() && !bounds.get(row).holds(pixels().row(row))) {
        throw new IllegalArgumentException(
            "the clean image of sample " + sample(row) + " is not within its bounds");
      }
    }
  }

  /** Returns the number of rows. */
  public int size() {
    return images.size();
  }

  /** Returns the clean images with their samples. */
  public ImageBatch images() {
    return images;
  }

  /** Returns the clean images, {@code [N, C, H, W]} in [0, 1]; do not write to them. */
  public Tensor pixels() {
    return images.pixels();
  }

  /** Returns the index in the whole data set of a row's sample. */
  public long sample(int row) {
    return images.sample(row);
  }

  /** Returns the true class of a row. */
  public int label(int row) {
    return labels[row];
  }

  /** Returns the class wanted of a row, or {@link #NO_TARGET}. */
  public int target(int row) {
    return targets[row];
  }

  /** Returns the values that the features of a row's adversarial example may have. */
  public Bounds bounds(int row) {
    return bounds.get(row);
  }

  /** Returns whether every row has a target. */
  public boolean targeted() {
    return targeted;
  }

  /**
   * Returns the class that an attacker's loss looks at, for each row: the target where there is
   * one, else the label.
   */
  public int[] goalClasses() {
    return targeted ? targets.clone() : labels.clone();
  }

  /** Returns whether a predicted class meets the goal of a row; a prediction of -1 never does. */
  public boolean succeeds(int row, int predicted) {
    if (predicted < 0) {
      return false;
    }
    return targeted ? predicted == targets[row] : predicted != labels[row];
  }

  /** Returns a copy of the named rows, in their order. */
  public Batch select(int... rows) {
    int[] selectedLabels = new int[rows.length];
    int[] selectedTargets = new int[rows.length];
    for (int row = 0; row < rows.length; row++) {
      selectedLabels[row] = labels[rows[row]];
      selectedTargets[row] = targets[rows[row]];
    }
    List<Bounds> selectedBounds = Arrays.stream(rows).mapToObj(bounds::get).toList();
    return new Batch(images.select(rows), selectedLabels, selectedTargets, selectedBounds);
  }
}
