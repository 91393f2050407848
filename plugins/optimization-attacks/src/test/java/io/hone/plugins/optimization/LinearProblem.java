package io.hone.plugins.optimization;

import io.hone.api.data.Batch;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.testkit.model.LinearClassifier;

/** One image and a linear model whose boundary is known. */
public final class LinearProblem {
  /** Four features. */
  public static final ImageShape SHAPE = new ImageShape(1, 2, 2);

  /** The index of the image in its data set. */
  public static final long SAMPLE = 3;

  /** Class 1 less class 0 is {@code 3 x0 - 4 x1 + 12 x3 - 6.5}: a slope of length 13 and sum 19. */
  public static final LinearClassifier MODEL =
      new LinearClassifier(
          SHAPE, new double[][] {{0, 0, 0, 0}, {3, -4, 0, 12}}, new double[] {6.5, 0});

  /** The margin of the image: 6.5 - 1.5 + 2 - 4.8. */
  public static final double MARGIN = 2.2;

  private LinearProblem() {}

  /** Returns the image (0.5, 0.5, 0.5, 0.4) of class 0, with class 1 as target or with none. */
  public static Batch image(boolean targeted) {
    Tensor pixels = Tensor.of(new float[] {0.5f, 0.5f, 0.5f, 0.4f}, 1, 1, 2, 2);
    int[] targets = {targeted ? 1 : Batch.NO_TARGET};
    return new Batch(new ImageBatch(pixels, new long[] {SAMPLE}), new int[] {0}, targets);
  }

  /** Returns a model of the image's shape whose boundary is beyond [0, 1]. */
  public static LinearClassifier outOfReach() {
    return new LinearClassifier(
        SHAPE, new double[][] {{0, 0, 0, 0}, {1, 0, 0, 0}}, new double[] {9, 0});
  }
}
