package io.hone.engine.step.attack;

import io.hone.api.BadInputException;
import io.hone.api.data.Dataset;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Sha256;
import io.hone.api.geometry.Bounds;
import io.hone.api.run.Progress;
import io.hone.api.run.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The bounds of every sample's features, read from two files. Safe to read from several threads.
 */
final class FeatureBounds implements AutoCloseable {
  private final BoundsSection files;
  private final BoundArray low;
  private final BoundArray high;

  private FeatureBounds(BoundsSection files, BoundArray low, BoundArray high) {
    this.files = files;
    this.low = low;
    this.high = high;
  }

  /**
   * Opens the files.
   *
   * @throws BadInputException if one of them does not hold bounds of such images
   */
  static FeatureBounds open(BoundsSection files, ImageShape shape) {
    BoundArray low = BoundArray.open(files.low(), shape);
    try {
      return new FeatureBounds(files, low, BoundArray.open(files.high(), shape));
    } catch (RuntimeException refused) {
      low.close();
      throw refused;
    }
  }

  /**
   * Returns the bounds of a sample.
   *
   * @param sample the index in the whole data set
   * @throws BadInputException if the files do not hold ranges within [0, 1] for it
   */
  Bounds of(long sample) {
    try {
      return Bounds.of(low.read(sample), high.read(sample));
    } catch (IllegalArgumentException disorder) {
      throw new BadInputException(
          "sample %d: %s and %s: %s"
              .formatted(sample, files.low(), files.high(), disorder.getMessage()));
    }
  }

  /**
   * Reads the bounds of every sample, or of the first one where all samples have the same.
   *
   * @throws BadInputException naming the first sample for which the files hold no ranges
   */
  void check(Dataset dataset, Run run) {
    if (low.isShared() && high.isShared()) {
      of(dataset.sample(0));
      return;
    }
    long samples = dataset.size();
    try (Progress progress = run.progress("bounds", samples)) {
      for (long position = 0; position < samples; position++) {
        run.checkCancelled();
        of(dataset.sample(position));
        progress.advance(1);
      }
    }
  }

  /**
   * Returns the check sums of both files: other bounds make another run.
   *
   * @throws UncheckedIOException if a file can no longer be read
   */
  List<String> contents() {
    try {
      return List.of(Sha256.of(files.low()), Sha256.of(files.high()));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Override
  public void close() {
    low.close();
    high.close();
  }
}
