package io.hone.training;

import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.train.Pairs;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Checks the pairs that a recipe makes: a defect of a trainer must not look like a training that
 * does not succeed. Safe to use from several threads.
 */
final class PairCheck {
  private final TrainingRecipe recipe;

  /** The shape of a target, as the first pairs have it. */
  private final AtomicReference<List<Integer>> targetShape = new AtomicReference<>();

  PairCheck(TrainingRecipe recipe) {
    this.recipe = recipe;
  }

  /**
   * Returns pairs that are sound.
   *
   * @param images that they were made of
   * @throws io.hone.engine.failure.ComponentFailureException naming the trainer if they are not
   */
  List<Pairs> checked(List<Pairs> made, ImageBatch images) {
    if (made == null || made.stream().anyMatch(Objects::isNull)) {
      throw recipe.defect(
          "makes null instead of pairs of samples "
              + images.sample(0)
              + " to "
              + images.sample(images.size() - 1));
    }
    made.forEach(pairs -> check(pairs, images));
    return made;
  }

  private void check(Pairs pairs, ImageBatch images) {
    for (int row : pairs.rows()) {
      if (row < 0 || row >= images.size()) {
        throw recipe.defect(
            "makes a pair of row " + row + ", but there are " + images.size() + " images");
      }
    }
    if (pairs.rows().length == 0) {
      return;
    }
    checkShapes(pairs, images.pixels().imageShape());
    checkInputs(pairs, images);
    checkTargets(pairs, images);
  }

  private void checkShapes(Pairs pairs, ImageShape shape) {
    List<Integer> input = rowShape(pairs.inputs());
    List<Integer> image = List.of(shape.channels(), shape.height(), shape.width());
    if (!input.equals(image)) {
      throw recipe.defect("makes inputs of shape " + input + " from images of shape " + image);
    }
    List<Integer> target = rowShape(pairs.targets());
    targetShape.compareAndSet(null, target);
    if (!target.equals(targetShape.get())) {
      throw recipe.defect(
          "makes targets of shape "
              + target
              + " and of shape "
              + targetShape.get()
              + "; all targets of a training have one shape");
    }
    if (recipe.classifies() && !target.equals(List.of(1))) {
      throw recipe.defect(
          "makes targets of shape " + target + ", but a recipe that classifies gives one class");
    }
  }

  private static List<Integer> rowShape(Tensor tensor) {
    return Arrays.stream(tensor.shape()).skip(1).boxed().toList();
  }

  private void checkInputs(Pairs pairs, ImageBatch images) {
    float[] values = new float[pairs.inputs().rowSize()];
    for (int pair = 0; pair < pairs.rows().length; pair++) {
      pairs.inputs().readRow(pair, values);
      for (int feature = 0; feature < values.length; feature++) {
        if (!(values[feature] >= 0 && values[feature] <= 1)) {
          throw recipe.defect(
              "makes an input of sample "
                  + images.sample(pairs.rows()[pair])
                  + " that holds "
                  + values[feature]
                  + " at feature "
                  + feature
                  + "; every value must be in [0, 1]");
        }
      }
    }
  }

  private void checkTargets(Pairs pairs, ImageBatch images) {
    float[] values = new float[pairs.targets().rowSize()];
    for (int pair = 0; pair < pairs.rows().length; pair++) {
      pairs.targets().readRow(pair, values);
      for (float value : values) {
        boolean sound =
            recipe.classifies() ? value >= 0 && value == Math.rint(value) : Float.isFinite(value);
        if (!sound) {
          throw recipe.defect(
              "makes the target "
                  + value
                  + " for sample "
                  + images.sample(pairs.rows()[pair])
                  + (recipe.classifies()
                      ? "; a class is a whole number from 0"
                      : "; a target holds finite numbers"));
        }
      }
    }
  }
}
