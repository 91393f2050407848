package io.hone.testkit.guide;

import io.hone.api.data.Tensor;
import io.hone.api.metric.Verdict;
import io.hone.api.run.Run;
import io.hone.api.train.ComponentUse;
import io.hone.api.train.Ingredient;
import io.hone.api.train.PairImages;
import io.hone.api.train.Pairs;
import io.hone.api.train.Recipe;
import io.hone.api.train.StepImages;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Each clean image with its true class, and each adversarial example of it with the same class. */
record LabelledSteps(List<ComponentUse> batchAttacks) implements Recipe {
  @Override
  public String key() {
    return "labelled steps";
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
    Tensor classes = Tensor.zeros(images.clean().size(), 1);
    for (int row = 0; row < classes.rows(); row++) {
      classes.set(row, 0, images.labels()[row]);
    }
    int[] all = IntStream.range(0, classes.rows()).toArray();
    List<Pairs> pairs = new ArrayList<>();
    pairs.add(new Pairs(all, images.clean().pixels(), classes));
    for (StepImages step : images.steps()) {
      int[] rows = step.rows(Verdict::success);
      pairs.add(new Pairs(rows, step.images().select(rows), classes.select(rows)));
    }
    return pairs;
  }
}
