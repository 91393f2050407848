package io.hone.cli;

import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.DifferentiableClassifier;
import io.hone.api.model.Loss;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;
import java.util.stream.LongStream;

/**
 * Makes images that a classifier takes for one class, though another is near: what attacks need, of
 * a data set that may not be shipped.
 *
 * <p>Noise is led far into the class along the classifier's own gradient, then back toward the
 * other class until a further step would lose it. Steps are whole grey values, so the images stay
 * on the 8-bit grid and a file keeps them as they are.
 */
final class BoundaryImages {
  private static final int STEPS_INTO_CLASS = 60;
  private static final int MOST_STEPS_TOWARD_OTHER = 1000;
  private static final float STEP = 1 / 255f;

  private final DifferentiableClassifier classifier;
  private final ImageShape shape;

  BoundaryImages(DifferentiableClassifier classifier, ImageShape shape) {
    this.classifier = classifier;
    this.shape = shape;
  }

  /**
   * Makes images.
   *
   * @param label the class that the classifier predicts for all of them
   * @param other the class that is near
   * @throws AssertionError if one of them is not taken for the class
   */
  Tensor make(int count, int label, int other) {
    Tensor images = noise(count);
    for (int step = 0; step < STEPS_INTO_CLASS; step++) {
      images = moved(images, label);
    }
    if (!taken(images, label).equals(all(count))) {
      throw new AssertionError("not all images are taken for class " + label);
    }
    boolean moving = true;
    for (int step = 0; moving && step < MOST_STEPS_TOWARD_OTHER; step++) {
      Tensor moved = moved(images, other);
      BitSet kept = taken(moved, label);
      for (int row = kept.nextSetBit(0); row >= 0; row = kept.nextSetBit(row + 1)) {
        images.copyRow(row, moved, row);
      }
      moving = !kept.isEmpty();
    }
    return images;
  }

  /** Returns the rows whose images are taken for a class. */
  private BitSet taken(Tensor images, int label) {
    int[] predicted = classifier.predict(batch(images));
    BitSet rows = new BitSet();
    for (int row = 0; row < predicted.length; row++) {
      rows.set(row, predicted[row] == label);
    }
    return rows;
  }

  private static BitSet all(int count) {
    BitSet rows = new BitSet();
    rows.set(0, count);
    return rows;
  }

  private Tensor noise(int count) {
    Random random = new Random(7);
    Tensor images = Tensor.images(count, shape);
    for (int row = 0; row < count; row++) {
      for (int feature = 0; feature < images.rowSize(); feature++) {
        images.set(row, feature, (64 + random.nextInt(128)) / 255f);
      }
    }
    return images;
  }

  /** Returns the images one grey value nearer to a class, in every feature. */
  private Tensor moved(Tensor images, int toward) {
    int[] classes = new int[images.rows()];
    Arrays.fill(classes, toward);
    Tensor gradient =
        classifier.lossGradient(batch(images), Loss.crossEntropy(true), classes).gradient();
    Tensor moved = images.copy();
    for (int row = 0; row < images.rows(); row++) {
      for (int feature = 0; feature < images.rowSize(); feature++) {
        float step = STEP * Math.signum(gradient.get(row, feature));
        float level = Math.round((images.get(row, feature) - step) * 255);
        moved.set(row, feature, Math.max(0, Math.min(255, level)) / 255f);
      }
    }
    return moved;
  }

  private static ImageBatch batch(Tensor images) {
    return new ImageBatch(images, LongStream.range(0, images.rows()).toArray());
  }
}
