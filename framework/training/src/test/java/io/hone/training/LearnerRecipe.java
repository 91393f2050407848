package io.hone.training;

import io.hone.api.data.Tensor;
import io.hone.api.metric.Verdict;
import io.hone.api.run.Run;
import io.hone.api.train.ComponentUse;
import io.hone.api.train.Ingredient;
import io.hone.api.train.PairImages;
import io.hone.api.train.Pairs;
import io.hone.api.train.Recipe;
import io.hone.api.train.StepImages;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Recipes of {@link Learner}.
 *
 * @param id of the component that is used
 * @param parameters of the component
 */
record LearnerRecipe(Kind kind, String id, Map<String, Object> parameters, Fault fault)
    implements Recipe {
  /** What a learner may learn. */
  enum Kind {
    /** The recipe of the API. */
    LABELS,
    /** The recipe of the API. */
    CLEAN,
    /** Of clean images the class, attacked anew in each epoch. */
    ATTACKED,
    /** Of clean images the class that is wanted; needs gradients and takes no steps. */
    WANTED,
    /** Of each successful example the change that a step left of it. */
    CHANGE,
    /** The same after an improver. */
    IMPROVED,
    /** The same of an attack that the recipe adds. */
    PUSHED
  }

  /** What may be wrong with a recipe. */
  enum Fault {
    NOTHING,
    NO_RECIPE,
    NO_KEY,
    NO_PAIRS,
    OTHER_INPUT,
    OTHER_TARGET,
    FAR_INPUT,
    NAN_TARGET,
    FOREIGN_ROW,
    FEW_TARGETS,
    IMPROVER_FOR_BATCHES,
    ASKS_MODEL,
    HALF_CLASS,
    FAR_CLASS
  }

  /** Returns the component that the recipe names. */
  ComponentUse use() {
    boolean attacks = kind == Kind.ATTACKED || kind == Kind.PUSHED;
    return attacks && fault != Fault.IMPROVER_FOR_BATCHES
        ? ComponentUse.attack(id, parameters)
        : ComponentUse.improver(id, parameters);
  }

  @Override
  public String key() {
    return fault == Fault.NO_KEY ? null : kind.toString();
  }

  @Override
  public Set<Ingredient> needs() {
    return switch (kind) {
      case WANTED -> Set.of(Ingredient.LABELS, Ingredient.GRADIENTS, Ingredient.GOAL);
      case CHANGE, IMPROVED -> Set.of(Ingredient.STEPS);
      case PUSHED -> Set.of();
      default -> Set.of(Ingredient.LABELS);
    };
  }

  @Override
  public boolean takesSteps() {
    return kind != Kind.WANTED;
  }

  @Override
  public boolean classifies() {
    return kind == Kind.ATTACKED;
  }

  @Override
  public List<ComponentUse> steps() {
    return kind == Kind.IMPROVED || kind == Kind.PUSHED ? List.of(use()) : List.of();
  }

  @Override
  public List<ComponentUse> batchAttacks() {
    return kind == Kind.ATTACKED ? List.of(use()) : List.of();
  }

  @Override
  public List<Pairs> pairs(PairImages images, Run run) {
    if (fault == Fault.NO_PAIRS) {
      return null;
    }
    if (fault == Fault.ASKS_MODEL) {
      images.model();
    }
    Pairs sound = sound(images);
    return List.of(fault == Fault.NOTHING ? sound : spoilt(sound));
  }

  private Pairs sound(PairImages images) {
    if (kind == Kind.ATTACKED || kind == Kind.WANTED) {
      int[] classes = kind == Kind.WANTED ? images.wanted() : images.labels();
      Tensor targets = Tensor.zeros(classes.length, 1);
      for (int row = 0; row < classes.length; row++) {
        targets.set(row, 0, classes[row]);
      }
      int[] rows = IntStream.range(0, classes.length).toArray();
      return new Pairs(rows, images.clean().pixels(), targets);
    }
    StepImages last = images.steps().get(images.steps().size() - 1);
    StepImages examples =
        images.steps().get(images.steps().size() - (kind == Kind.IMPROVED ? 2 : 1));
    int[] rows = examples.rows(Verdict::success);
    Tensor change = last.images().select(rows);
    for (int row = 0; row < rows.length; row++) {
      for (int feature = 0; feature < change.rowSize(); feature++) {
        float clean = images.clean().pixels().get(rows[row], feature);
        change.set(row, feature, change.get(row, feature) - clean);
      }
    }
    return new Pairs(rows, examples.images().select(rows), change);
  }

  private Pairs spoilt(Pairs sound) {
    int count = sound.rows().length;
    int[] rows = sound.rows().clone();
    Tensor inputs = sound.inputs().copy();
    Tensor targets = sound.targets().copy();
    switch (fault) {
      case FAR_INPUT -> inputs.set(count - 1, 2, 1.5f);
      case NAN_TARGET -> targets.set(count - 1, 0, Float.NaN);
      case FAR_CLASS -> targets.set(count - 1, 0, 7);
      case HALF_CLASS -> targets.set(count - 1, 0, 0.5f);
      case FOREIGN_ROW -> rows[0] = 1000;
      case FEW_TARGETS -> targets = targets.rows(1, count);
      case OTHER_INPUT -> inputs = Tensor.zeros(count, 1, 2, 2);
      case OTHER_TARGET -> targets = Tensor.zeros(count, 1 + rows[0]);
      default -> throw new IllegalStateException(fault + " is no fault of pairs");
    }
    return new Pairs(rows, inputs, targets);
  }
}
