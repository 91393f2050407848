package io.hone.training;

import io.hone.api.train.ComponentUse;
import io.hone.api.train.Ingredient;
import io.hone.api.train.Recipe;
import io.hone.api.train.Trainer;
import io.hone.api.train.TrainingChoices;
import io.hone.engine.failure.ComponentFailureException;
import io.hone.host.component.BoundComponent;
import io.hone.host.component.ComponentDescriptor;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The recipe of a training, asked of its trainer once, and what it says of itself.
 *
 * @param trainer whose recipe it is
 * @param recipe makes the pairs
 * @param key tells the recipe from others of the trainer
 * @param needs what the scenario has to give
 * @param takesSteps whether steps of the scenario may take part
 * @param classifies whether targets are classes of the data set
 * @param steps components that work on the images after the steps of the scenario
 * @param batchAttacks attacks that the trainer may ask for while it trains
 */
record TrainingRecipe(
    ComponentDescriptor trainer,
    Recipe recipe,
    String key,
    Set<Ingredient> needs,
    boolean takesSteps,
    boolean classifies,
    List<ComponentUse> steps,
    List<ComponentUse> batchAttacks) {
  TrainingRecipe {
    needs = Set.copyOf(needs);
    steps = List.copyOf(steps);
    batchAttacks = List.copyOf(batchAttacks);
  }

  /**
   * Asks a trainer for its recipe.
   *
   * @throws ComponentFailureException naming the trainer if it leaves something out
   */
  static TrainingRecipe of(BoundComponent<Trainer<Record>> bound, TrainingChoices choices) {
    ComponentDescriptor trainer = bound.descriptor();
    return of(
        trainer,
        given(trainer, "no recipe", () -> bound.instance().recipe(bound.parameters(), choices)));
  }

  /** Asks a recipe what it says of itself. */
  static TrainingRecipe of(ComponentDescriptor trainer, Recipe recipe) {
    return new TrainingRecipe(
        trainer,
        recipe,
        given(trainer, "a recipe without a key", recipe::key),
        whole(trainer, "a recipe that does not say what it needs", recipe::needs),
        recipe.takesSteps(),
        recipe.classifies(),
        whole(trainer, "a recipe without a list of steps", recipe::steps),
        whole(trainer, "a recipe without a list of attacks on batches", recipe::batchAttacks));
  }

  private static <C extends Collection<?>> C whole(
      ComponentDescriptor trainer, String defect, Supplier<C> asked) {
    return given(
        trainer,
        defect,
        () ->
            Optional.ofNullable(asked.get())
                .filter(all -> all.stream().allMatch(Objects::nonNull))
                .orElse(null));
  }

  private static <T> T given(ComponentDescriptor trainer, String defect, Supplier<T> asked) {
    return Optional.ofNullable(asked.get())
        .orElseThrow(() -> new ComponentFailureException(defect(trainer, "gives " + defect)));
  }

  /** Returns the id of the trainer. */
  String id() {
    return trainer.id();
  }

  /** Returns the trainer and who brought it, for messages. */
  String owner() {
    return owner(trainer);
  }

  private static String owner(ComponentDescriptor trainer) {
    return "the trainer " + trainer.id() + " of " + trainer.source();
  }

  /** Returns a failure that is the fault of the trainer's author. */
  ComponentFailureException defect(String what) {
    return new ComponentFailureException(defect(trainer, what));
  }

  private static String defect(ComponentDescriptor trainer, String what) {
    return owner(trainer) + " " + what + ". This is a defect of the trainer";
  }

  /** Returns whether pairs cannot be made without the model that a scenario names. */
  boolean needsModel() {
    return needs.contains(Ingredient.MODEL)
        || needs.contains(Ingredient.GRADIENTS)
        || needs.contains(Ingredient.GOAL)
        || needs.contains(Ingredient.STEPS)
        || !steps.isEmpty();
  }
}
