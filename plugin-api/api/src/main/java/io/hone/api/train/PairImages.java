package io.hone.api.train;

import io.hone.api.data.ImageBatch;
import io.hone.api.model.Classifier;
import io.hone.api.stability.Stability;
import java.util.List;

/**
 * Some images that a {@link Recipe} makes pairs of, and what is known of them. Everything is row by
 * row the same samples; nothing of it may be written to.
 */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
public interface PairImages {
  /** Returns the images of the data set with their samples. */
  ImageBatch clean();

  /** Returns the true class of each image; {@link io.hone.api.data.Dataset#NO_LABEL} without. */
  int[] labels();

  /** Returns the class that the model gives to each clean image; empty without a model. */
  int[] predictions();

  /**
   * Returns the class that the goal wants of each image by its label alone; {@link
   * io.hone.api.data.Batch#NO_TARGET} where it wants none.
   */
  int[] wanted();

  /** Returns what each step made: the scenario's steps, then those of {@link Recipe#steps()}. */
  List<StepImages> steps();

  /**
   * Returns the model that the scenario names.
   *
   * @throws IllegalStateException if it names none; a recipe that needs {@link Ingredient#MODEL}
   *     has one
   */
  Classifier model();
}
