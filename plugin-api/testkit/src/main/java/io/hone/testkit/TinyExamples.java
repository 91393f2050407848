package io.hone.testkit;

import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.run.Run;
import io.hone.api.train.AttackedClassifier;
import io.hone.api.train.Examples;
import io.hone.api.train.Ingredient;
import io.hone.api.train.Pairs;
import io.hone.api.train.Recipe;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Examples for a trainer, always the same ones, as its recipe makes them of a few tiny images. */
final class TinyExamples {
  static final int TRAINING = 12;
  private static final int VALIDATION = 6;

  private final ImageShape shape;
  private final Recipe recipe;
  private final Run run;

  /**
   * Creates the examples.
   *
   * @param run that the recipe makes pairs with
   */
  TinyExamples(ImageShape shape, Recipe recipe, Run run) {
    this.shape = shape;
    this.recipe = recipe;
    this.run = run;
  }

  /** Returns the images that the training examples are made of. */
  TinyPairImages images() {
    return TinyPairImages.of(recipe, shape, TRAINING, 1);
  }

  Examples training() {
    return examples(images());
  }

  Examples validation() {
    return examples(TinyPairImages.of(recipe, shape, VALIDATION, 2));
  }

  /** Returns the classifier whose gradients a network learns from, where the recipe needs them. */
  Optional<AttackedClassifier> attacked() {
    return recipe.needs().contains(Ingredient.GRADIENTS)
        ? Optional.of(new AttackedClassifier(TinyPairImages.classifier(shape), "0".repeat(64)))
        : Optional.empty();
  }

  private Examples examples(TinyPairImages images) {
    List<Pairs> pairs = recipe.pairs(images, run);
    return new Examples(joined(pairs, Pairs::inputs), joined(pairs, Pairs::targets));
  }

  private static Tensor joined(List<Pairs> pairs, Function<Pairs, Tensor> part) {
    int[] shape = part.apply(pairs.get(0)).shape();
    shape[0] = pairs.stream().mapToInt(each -> each.rows().length).sum();
    Tensor joined = Tensor.zeros(shape);
    int row = 0;
    for (Pairs each : pairs) {
      Tensor rows = part.apply(each);
      joined.copyRows(row, rows, 0, rows.rows());
      row += rows.rows();
    }
    return joined;
  }
}
