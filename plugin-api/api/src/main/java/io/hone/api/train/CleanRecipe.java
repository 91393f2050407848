package io.hone.api.train;

import io.hone.api.data.Tensor;
import io.hone.api.metric.Verdict;
import io.hone.api.run.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** The clean image for itself and for what every step made of it. */
record CleanRecipe(List<ComponentUse> batchAttacks) implements Recipe {
  /** The text that pairs of the first versions are stored under. */
  @Override
  public String key() {
    return "CleanImage[]";
  }

  @Override
  public Set<Ingredient> needs() {
    return Set.of();
  }

  @Override
  public List<Pairs> pairs(PairImages images, Run run) {
    Tensor clean = images.clean().pixels();
    List<Pairs> pairs = new ArrayList<>();
    pairs.add(new Pairs(IntStream.range(0, clean.rows()).toArray(), clean, clean));
    for (StepImages step : images.steps()) {
      int[] rows = step.rows(Verdict::attempted);
      pairs.add(new Pairs(rows, step.images().select(rows), clean.select(rows)));
    }
    return pairs;
  }
}
