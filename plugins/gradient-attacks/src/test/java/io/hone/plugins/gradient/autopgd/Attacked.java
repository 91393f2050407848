package io.hone.plugins.gradient.autopgd;

import io.hone.api.data.Batch;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Norm;
import io.hone.api.model.DifferentiableClassifier;
import io.hone.api.victim.Access;
import io.hone.plugins.gradient.autopgd.AutoProjectedGradientDescent.Params;
import io.hone.testkit.CountingVictim;
import io.hone.testkit.TestRun;
import io.hone.testkit.model.LinearClassifier;
import java.util.Arrays;

/** Auto-PGD on one batch, with all that it left behind. */
final class Attacked {
  static final long SAMPLE = 3;
  static final ImageShape SHAPE = new ImageShape(1, 1, 4);

  final TestRun run;
  final CountingVictim victim;
  final Tensor images;

  private final DifferentiableClassifier model;
  private final Batch clean;

  Attacked(Params parameters, DifferentiableClassifier model, long budget, long seed, Batch clean) {
    this.run = new TestRun(seed);
    this.model = model;
    this.clean = clean;
    this.victim = new CountingVictim(model, Access.GRADIENTS, budget, run);
    this.images = clean.pixels().copy();
    new AutoProjectedGradientDescent().attack(parameters, victim, clean, images, run);
  }

  Attacked(Params parameters, DifferentiableClassifier model, Batch clean) {
    this(parameters, model, Long.MAX_VALUE, 1, clean);
  }

  long queries() {
    return victim.forwardQueries(SAMPLE) + victim.gradientQueries(SAMPLE);
  }

  int successes() {
    int[] predicted = model.predict(clean.images().with(images));
    int successes = 0;
    for (int row = 0; row < predicted.length; row++) {
      successes += clean.succeeds(row, predicted[row]) ? 1 : 0;
    }
    return successes;
  }

  /** Returns a grey image of class 0. */
  static Batch grey() {
    return grey(SHAPE);
  }

  static Batch grey(ImageShape shape) {
    float[] pixels = new float[shape.features()];
    Arrays.fill(pixels, 0.5f);
    Tensor image = Tensor.images(1, shape);
    image.setRow(0, pixels);
    return new Batch(
        new ImageBatch(image, new long[] {SAMPLE}), new int[] {0}, new int[] {Batch.NO_TARGET});
  }

  /**
   * Returns a model whose class 1 less class 0 weighs the four features 3, -4, 0 and 12, so that it
   * is 5.5 on the grey image without a bias.
   */
  static LinearClassifier linear(double bias) {
    return new LinearClassifier(
        SHAPE, new double[][] {{0, 0, 0, 0}, {3, -4, 0, 12}}, new double[] {0, bias});
  }

  static Params parameters(double epsilon, Norm norm, int steps, DescendedLoss loss) {
    return new Params(epsilon, norm, steps, loss, 1, 9, 1, true);
  }

  static Params restarting(double epsilon, Norm norm, int steps, int restarts) {
    return new Params(epsilon, norm, steps, DescendedLoss.MARGIN, restarts, 9, 1, true);
  }
}
