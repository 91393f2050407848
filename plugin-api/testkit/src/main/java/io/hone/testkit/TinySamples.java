package io.hone.testkit;

import io.hone.api.data.Batch;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Bounds;
import io.hone.api.geometry.Pixels;
import io.hone.api.model.Loss;
import io.hone.api.stability.Stability;
import io.hone.testkit.model.ExactClassifier;
import io.hone.testkit.model.TwoLayerClassifier;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Random images of any shape, a small classifier that is right about all of them, and adversarial
 * examples against it: what contract tests run components on.
 */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public final class TinySamples {
  private static final int CLASSES = 4;
  private static final long FIRST_SAMPLE = 5_000_000_000L;
  private static final float STEP = 0.04f;
  private static final int STEPS = 60;

  private final ExactClassifier classifier;
  private final Tensor pixels;
  private final long[] samples;
  private final int[] labels;

  /** Creates images of a shape, always the same ones. */
  public TinySamples(ImageShape shape, int count) {
    RandomGenerator random = new SampleRandom(2024, shape.features());
    classifier =
        TwoLayerClassifier.random(shape, CLASSES, TwoLayerClassifier.Activation.TANH, random);
    pixels = Tensor.images(count, shape);
    for (int row = 0; row < count; row++) {
      for (int feature = 0; feature < shape.features(); feature++) {
        pixels.set(row, feature, pixel(random));
      }
    }
    samples = IntStream.range(0, count).mapToLong(row -> FIRST_SAMPLE + 3L * row).toArray();
    labels = classifier.predict(new ImageBatch(pixels, samples));
  }

  /** A third of the pixels are on the border of [0, 1], as in real images. */
  private static float pixel(RandomGenerator random) {
    return (float) Pixels.clip(1.5 * random.nextDouble() - 0.25);
  }

  /** Returns the classifier. */
  public ExactClassifier classifier() {
    return classifier;
  }

  /** Returns the clean images with a goal: any other class, or the next one. */
  public Batch clean(boolean targeted) {
    int[] targets = new int[labels.length];
    for (int row = 0; row < targets.length; row++) {
      targets[row] = targeted ? (labels[row] + 1) % CLASSES : Batch.NO_TARGET;
    }
    return new Batch(new ImageBatch(pixels.copy(), samples), labels, targets);
  }

  /**
   * Returns the same clean images within bounds: a third of the features may not move, the others
   * have a range of their own around their clean value.
   */
  Batch bounded(boolean targeted) {
    RandomGenerator random = new SampleRandom(31, samples.length);
    List<Bounds> bounds = new ArrayList<>();
    for (int row = 0; row < samples.length; row++) {
      float[] low = pixels.row(row);
      float[] high = pixels.row(row);
      for (int feature = 0; feature < low.length; feature++) {
        if (feature % 3 != row % 3 || low.length == 1) {
          low[feature] *= random.nextFloat();
          high[feature] += (1 - high[feature]) * (float) (0.99 * random.nextDouble());
        }
      }
      bounds.add(Bounds.of(low, high));
    }
    Batch clean = clean(targeted);
    int[] targets = IntStream.range(0, clean.size()).map(clean::target).toArray();
    return new Batch(clean.images(), labels, targets, bounds);
  }

  /**
   * Returns adversarial examples that meet the goal, one for each clean image.
   *
   * <p>They hold differences of many sizes, some of them too small for 8 bits.
   */
  public Tensor adversarial(boolean targeted) {
    Batch clean = clean(targeted);
    Tensor adversarial = clean.pixels().copy();
    for (int row = 0; row < clean.size(); row++) {
      descend(clean.select(row), adversarial.rows(row, row + 1));
    }
    return adversarial;
  }

  private void descend(Batch clean, Tensor adversarial) {
    RandomGenerator random = new SampleRandom(7, clean.sample(0));
    ImageBatch image = clean.images().with(adversarial);
    for (int step = 0; step < STEPS; step++) {
      if (clean.succeeds(0, classifier.predict(image)[0])) {
        return;
      }
      Loss loss = Loss.margin(clean.targeted(), Float.POSITIVE_INFINITY);
      Tensor gradient = classifier.lossGradient(image, loss, clean.goalClasses()).gradient();
      for (int feature = 0; feature < adversarial.rowSize(); feature++) {
        float size = STEP * (float) Math.pow(random.nextDouble(), 4);
        float moved =
            adversarial.get(0, feature) - 3 * size * Math.signum(gradient.get(0, feature));
        adversarial.set(0, feature, Pixels.clip(moved));
      }
    }
    throw new IllegalStateException(
        "no adversarial example found in "
            + STEPS
            + " steps for images of "
            + classifier.shape()
            + ": choose another shape for the contract test");
  }

  /** Returns whether an image is one of the clean ones. */
  boolean isClean(double[] image) {
    return IntStream.range(0, pixels.rows()).anyMatch(row -> holds(row, image));
  }

  private boolean holds(int row, double[] image) {
    return IntStream.range(0, image.length)
        .allMatch(feature -> pixels.get(row, feature) == image[feature]);
  }
}
