package io.hone.learning.trainer;

import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.run.Run;
import io.hone.api.train.Ingredient;
import io.hone.api.train.PairImages;
import io.hone.api.train.Pairs;
import io.hone.api.train.Recipe;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The clean images that an attack would take on, those that the classifier is right about and whose
 * goal is another class. Targets are {@code [N, 2]}: the class that is wanted and the true one.
 */
record TransformationRecipe() implements Recipe {
  /** The text that pairs of the first versions are stored under. */
  @Override
  public String key() {
    return "GoalClass[]";
  }

  @Override
  public Set<Ingredient> needs() {
    return Set.of(Ingredient.LABELS, Ingredient.GRADIENTS, Ingredient.GOAL);
  }

  @Override
  public boolean takesSteps() {
    return false;
  }

  @Override
  public List<Pairs> pairs(PairImages images, Run run) {
    int[] labels = images.labels();
    int[] predictions = images.predictions();
    int[] wanted = images.wanted();
    int[] rows =
        IntStream.range(0, labels.length)
            .filter(row -> predictions[row] == labels[row])
            .filter(row -> wanted[row] != Batch.NO_TARGET && wanted[row] != labels[row])
            .toArray();
    Tensor classes = Tensor.zeros(rows.length, 2);
    for (int row = 0; row < rows.length; row++) {
      classes.set(row, 0, wanted[rows[row]]);
      classes.set(row, 1, labels[rows[row]]);
    }
    return List.of(new Pairs(rows, images.clean().pixels().select(rows), classes));
  }
}
