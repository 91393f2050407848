package io.hone.testkit;

import io.hone.api.data.Batch;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.metric.Verdict;
import io.hone.api.model.Classifier;
import io.hone.api.run.Reason;
import io.hone.api.train.ComponentUse;
import io.hone.api.train.Ingredient;
import io.hone.api.train.PairImages;
import io.hone.api.train.Recipe;
import io.hone.api.train.StepImages;
import io.hone.testkit.model.LinearClassifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Images for a recipe, always the same ones: brighter above (class 0), below (1) or nowhere (2). A
 * step moves every image a little, and the goal wants the next class.
 */
record TinyPairImages(
    ImageBatch clean,
    int[] labels,
    int[] predictions,
    int[] wanted,
    List<StepImages> steps,
    Classifier model)
    implements PairImages {
  static final int CLASSES = 3;

  /** A step attempts all images but every fifth, and every fourth is no success. */
  private static final int LEFT_OUT = 5;

  private static final int FAILED = 4;

  /** Returns the model that every recipe is given. */
  static LinearClassifier classifier(ImageShape shape) {
    return LinearClassifier.random(shape, CLASSES, new SampleRandom(5));
  }

  /** Returns images with what a recipe needs. */
  static TinyPairImages of(Recipe recipe, ImageShape shape, int count, long seed) {
    Tensor images = images(shape, count, new SampleRandom(seed));
    int[] labels = new int[count];
    int[] wanted = new int[count];
    boolean goal = recipe.needs().contains(Ingredient.GOAL);
    long[] samples = new long[count];
    for (int row = 0; row < count; row++) {
      labels[row] = row % CLASSES;
      wanted[row] = goal ? (labels[row] + 1) % CLASSES : Batch.NO_TARGET;
      samples[row] = 100 * seed + row;
    }
    return new TinyPairImages(
        new ImageBatch(images, samples),
        labels,
        labels.clone(),
        wanted,
        steps(recipe, images, seed),
        classifier(shape));
  }

  private static Tensor images(ImageShape shape, int count, RandomGenerator random) {
    Tensor images = Tensor.images(count, shape);
    for (int row = 0; row < count; row++) {
      for (int feature = 0; feature < shape.features(); feature++) {
        boolean above = feature % shape.pixels() < shape.pixels() / 2;
        boolean bright = above ? row % CLASSES == 0 : row % CLASSES == 1;
        images.set(row, feature, (float) (0.6 * random.nextDouble() + (bright ? 0.4 : 0)));
      }
    }
    return images;
  }

  private static List<StepImages> steps(Recipe recipe, Tensor clean, long seed) {
    RandomGenerator random = new SampleRandom(seed, 1);
    List<StepImages> steps = new ArrayList<>();
    if (recipe.needs().contains(Ingredient.STEPS)) {
      steps.add(step(moved(clean, random)));
    }
    for (ComponentUse use : recipe.steps()) {
      boolean improves = use.kind() == ComponentUse.Kind.IMPROVER && !steps.isEmpty();
      steps.add(
          step(
              improves
                  ? restored(steps.get(steps.size() - 1).images(), clean, random)
                  : moved(clean, random)));
    }
    return steps;
  }

  private static StepImages step(Tensor images) {
    List<Verdict> verdicts = new ArrayList<>();
    for (int row = 0; row < images.rows(); row++) {
      verdicts.add(verdict(row));
    }
    return new StepImages(images, verdicts);
  }

  private static Verdict verdict(int row) {
    int label = row % CLASSES;
    if (row % LEFT_OUT == LEFT_OUT - 1) {
      return Verdict.skipped(label, label, Reason.MISCLASSIFIED);
    }
    return row % FAILED == FAILED - 1
        ? new Verdict(label, label, true, false, false, Reason.NOT_FOUND)
        : new Verdict(label, (label + 1) % CLASSES, true, true, true, "");
  }

  private static Tensor moved(Tensor clean, RandomGenerator random) {
    Tensor moved = clean.copy();
    for (int row = 0; row < moved.rows(); row++) {
      for (int feature = 0; feature < moved.rowSize(); feature++) {
        double value = clean.get(row, feature) + 0.2 * (random.nextDouble() - 0.5);
        moved.set(row, feature, (float) Math.max(0, Math.min(1, value)));
      }
    }
    return moved;
  }

  private static Tensor restored(Tensor moved, Tensor clean, RandomGenerator random) {
    Tensor restored = moved.copy();
    for (int row = 0; row < restored.rows(); row++) {
      for (int feature = 0; feature < restored.rowSize(); feature++) {
        if (random.nextBoolean()) {
          restored.set(row, feature, clean.get(row, feature));
        }
      }
    }
    return restored;
  }

  /** Returns a copy of some consecutive images with all that is known of them. */
  TinyPairImages rows(int from, int to) {
    return new TinyPairImages(
        new ImageBatch(
            clean.pixels().rows(from, to).copy(), Arrays.copyOfRange(clean.samples(), from, to)),
        Arrays.copyOfRange(labels, from, to),
        Arrays.copyOfRange(predictions, from, to),
        Arrays.copyOfRange(wanted, from, to),
        steps.stream()
            .map(
                step ->
                    new StepImages(
                        step.images().rows(from, to).copy(), step.verdicts().subList(from, to)))
            .toList(),
        model);
  }
}
