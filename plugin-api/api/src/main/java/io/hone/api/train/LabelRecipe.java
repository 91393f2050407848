package io.hone.api.train;

import io.hone.api.data.Tensor;
import io.hone.api.run.Run;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Each clean image with its true class. */
record LabelRecipe(List<ComponentUse> batchAttacks) implements Recipe {
  /** The text that pairs of the first versions are stored under. */
  @Override
  public String key() {
    return "TrueClass[]";
  }

  @Override
  public Set<Ingredient> needs() {
    return Set.of(Ingredient.LABELS);
  }

  @Override
  public boolean classifies() {
    return true;
  }

  @Override
  public List<Pairs> pairs(PairImages images, Run run) {
    int[] labels = images.labels();
    Tensor classes = Tensor.zeros(labels.length, 1);
    for (int row = 0; row < labels.length; row++) {
      classes.set(row, 0, labels[row]);
    }
    int[] rows = IntStream.range(0, labels.length).toArray();
    return List.of(new Pairs(rows, images.clean().pixels(), classes));
  }
}
