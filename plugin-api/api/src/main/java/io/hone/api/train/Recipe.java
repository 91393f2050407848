package io.hone.api.train;

import io.hone.api.run.Run;
import io.hone.api.stability.Stability;
import java.util.List;
import java.util.Set;

/**
 * How the pairs are made that a network learns from: what they need, which components help, and a
 * function from images to pairs.
 *
 * <p>{@link #labels} and {@link #clean} are the usual recipes. A trainer with pairs of its own
 * implements this interface, best as a record of what the pairs depend on.
 */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
public interface Recipe {
  /**
   * Returns the recipe of classifiers: each clean image with its true class.
   *
   * @param batchAttacks as in {@link #batchAttacks()}
   */
  static Recipe labels(ComponentUse... batchAttacks) {
    return new LabelRecipe(List.of(batchAttacks));
  }

  /**
   * Returns the recipe of denoisers: the clean image belongs to itself and to what every step made
   * of it.
   *
   * @param batchAttacks as in {@link #batchAttacks()}
   */
  static Recipe clean(ComponentUse... batchAttacks) {
    return new CleanRecipe(List.of(batchAttacks));
  }

  /**
   * Returns a text that tells this recipe from others of the trainer, such as its name and the
   * parameters that change its pairs. Stored pairs are found again by it.
   */
  String key();

  /** Returns what the scenario has to give. */
  Set<Ingredient> needs();

  /** Returns whether steps of the scenario may take part; where not, they are refused. */
  default boolean takesSteps() {
    return true;
  }

  /**
   * Returns whether the network tells the classes of the data set apart. Then targets are {@code
   * [N, 1]} and hold a class, {@link TrainingTask#classes()} tells their number, and a test set
   * measures the accuracy.
   */
  default boolean classifies() {
    return false;
  }

  /**
   * Returns components that work on the images after the steps of the scenario, once, before the
   * training. An improver receives what the step before it made, an attack the clean images.
   */
  default List<ComponentUse> steps() {
    return List.of();
  }

  /**
   * Returns the attacks that the trainer asks of {@link BatchTransform} while it trains. Noise is
   * an attack too.
   */
  default List<ComponentUse> batchAttacks() {
    return List.of();
  }

  /**
   * Makes the pairs of some images. A pair depends on its own image alone. Called from several
   * threads.
   *
   * @param run random numbers are keyed by the sample of an image
   * @return any number of pairs for each image, in one part or more
   */
  List<Pairs> pairs(PairImages images, Run run);
}
