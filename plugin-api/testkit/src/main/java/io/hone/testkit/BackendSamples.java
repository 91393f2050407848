package io.hone.testkit;

import static io.hone.testkit.TensorAssert.assertThatTensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.Classifier;
import io.hone.api.model.ModelCard;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** The images that backends are tried on, and how their answers are compared. */
final class BackendSamples {
  static final int COUNT = 70;
  private static final int ANY_SIZE = 12;
  private static final float STEP = 1e-3f;

  private BackendSamples() {}

  /** Returns uniform random images, always the same ones: there a gradient has few kinks. */
  static ImageBatch images(ModelCard card) {
    Tensor pixels = Tensor.images(COUNT, shape(card));
    fill(pixels, new SampleRandom(3), 0);
    return new ImageBatch(pixels, LongStream.range(0, COUNT).toArray());
  }

  static ImageShape shape(ModelCard card) {
    return new ImageShape(
        card.input().channels(),
        card.input().height().orElse(ANY_SIZE),
        card.input().width().orElse(ANY_SIZE));
  }

  static void fill(Tensor tensor, RandomGenerator random, float lowest) {
    for (int row = 0; row < tensor.rows(); row++) {
      for (int index = 0; index < tensor.rowSize(); index++) {
        tensor.set(row, index, random.nextFloat(lowest, 1));
      }
    }
  }

  static int[] classes(Classifier classifier) {
    return IntStream.range(0, COUNT).map(row -> row % classifier.classes()).toArray();
  }

  static int[][] batches(int size) {
    return IntStream.iterate(0, from -> from < COUNT, from -> from + size)
        .mapToObj(from -> IntStream.range(from, Math.min(COUNT, from + size)).toArray())
        .toArray(int[][]::new);
  }

  static void assertSameInParts(int[][] batches, Function<int[], Tensor> work) {
    Tensor whole = work.apply(IntStream.range(0, COUNT).toArray());
    for (int[] rows : batches) {
      assertThatTensor(work.apply(rows)).isSameAs(whole.select(rows));
    }
  }

  static void assertClose(Tensor actual, Tensor expected, float tolerance) {
    assertThat(actual.shape()).isEqualTo(expected.shape());
    for (int row = 0; row < actual.rows(); row++) {
      float allowed = tolerance * (1e-3f + size(expected, row));
      assertThat(actual.row(row)).containsExactly(expected.row(row), within(allowed));
    }
  }

  /** Returns the largest absolute value of a row. */
  static float size(Tensor tensor, int row) {
    float largest = 0;
    for (float value : tensor.row(row)) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  static double[] doubles(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(index -> values[index]).toArray();
  }

  static float[] floats(double[] values) {
    float[] narrow = new float[values.length];
    for (int index = 0; index < values.length; index++) {
      narrow[index] = (float) values[index];
    }
    return narrow;
  }

  /**
   * Returns the share of features whose gradient agrees with finite differences of the logits that
   * the cotangents weigh.
   */
  static double agreeing(
      Classifier classifier, ImageBatch images, Tensor cotangents, Tensor gradient) {
    int close = 0;
    for (int row = 0; row < gradient.rows(); row++) {
      float[] weights = cotangents.row(row);
      for (int feature = 0; feature < gradient.rowSize(); feature++) {
        double above = weighted(classifier, images.select(row), feature, STEP, weights);
        double below = weighted(classifier, images.select(row), feature, -STEP, weights);
        double slope = (above - below) / (2 * STEP);
        close += Math.abs(slope - gradient.get(row, feature)) < 1e-2 * size(gradient, row) ? 1 : 0;
      }
    }
    return close / ((double) gradient.rows() * gradient.rowSize());
  }

  private static double weighted(
      Classifier classifier, ImageBatch image, int feature, float by, float[] weights) {
    image.pixels().set(0, feature, image.pixels().get(0, feature) + by);
    float[] logits = classifier.logits(image).row(0);
    return IntStream.range(0, logits.length)
        .mapToDouble(index -> (double) logits[index] * weights[index])
        .sum();
  }
}
