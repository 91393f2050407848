package io.hone.engine.check;

import io.hone.api.data.ImageBatch;
import io.hone.api.data.Tensor;
import java.util.stream.IntStream;

/**
 * How far the answers of a model to the same images are apart.
 *
 * @param distance the largest one of two answers to one image, in L2, of logits divided by their
 *     length; NaN where an answer was not a number in one pass only
 * @param classes how many images got more than one class
 */
record Repeats(double distance, int classes) {
  /** AutoAttack's check asks as often. */
  static final int PASSES = 5;

  /** AutoAttack's check tolerates as much: sums in another order differ in the last digits. */
  static final double TOLERATED = 1e-4;

  private static final double SMALLEST_LENGTH = 1e-10;

  /** Asks a model; every pass shows it the images in another order. */
  static Repeats of(CheckedModel model) {
    int size = model.size();
    Tensor[] passes = new Tensor[PASSES];
    for (int pass = 0; pass < PASSES; pass++) {
      int shift = pass * size / PASSES;
      int[] order = IntStream.range(0, size).map(row -> (row + shift) % size).toArray();
      ImageBatch images = model.samples().images().select(order);
      Tensor answers = model.logits(images);
      passes[pass] = Tensor.zeros(size, model.classes());
      for (int row = 0; row < size; row++) {
        passes[pass].copyRow(order[row], answers, row);
      }
    }
    double largest = 0;
    int changed = 0;
    for (int row = 0; row < size; row++) {
      int sample = row;
      changed +=
          IntStream.range(0, PASSES).map(pass -> passes[pass].argmax(sample)).distinct().count() > 1
              ? 1
              : 0;
      for (int one = 0; one < PASSES; one++) {
        for (int other = 0; other < one; other++) {
          double apart = distance(passes[one].row(row), passes[other].row(row));
          largest = Double.isNaN(apart) ? apart : Math.max(largest, apart);
        }
      }
    }
    return new Repeats(largest, changed);
  }

  private static double distance(float[] one, float[] other) {
    double lengthOfOne = length(one);
    double lengthOfOther = length(other);
    double sum = 0;
    for (int index = 0; index < one.length; index++) {
      if (Float.compare(one[index], other[index]) != 0) {
        double difference = one[index] / lengthOfOne - other[index] / lengthOfOther;
        sum += difference * difference;
      }
    }
    return Math.sqrt(sum);
  }

  private static double length(float[] logits) {
    double sum = 0;
    for (float logit : logits) {
      sum += (double) logit * logit;
    }
    return Math.sqrt(sum) + SMALLEST_LENGTH;
  }

  /** Returns whether the model answers the same each time. */
  boolean agree() {
    return distance <= TOLERATED && classes == 0;
  }
}
