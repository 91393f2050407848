package io.hone.learning.trainer;

import io.hone.api.data.ImageBatch;
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

/**
 * Each successful adversarial example with a mask: 1 for each feature whose perturbation is
 * redundant, else 0.
 *
 * @param mask how redundancy is decided
 * @param step the first block size of the greedy mask, in features
 */
record RedundancyRecipe(RedundancyAutoencoderTrainer.Mask mask, int step) implements Recipe {
  /** The text that pairs of the first versions are stored under. */
  @Override
  public String key() {
    return "Redundancy[mask=%s, step=%d]".formatted(mask, step);
  }

  @Override
  public Set<Ingredient> needs() {
    return Set.of(Ingredient.MODEL, Ingredient.STEPS);
  }

  @Override
  public List<ComponentUse> steps() {
    return switch (mask) {
      case GREEDY -> List.of(ComponentUse.improver("greedy", Map.of("step", step)));
      case SINGLE -> List.of();
    };
  }

  @Override
  public List<Pairs> pairs(PairImages images, Run run) {
    List<StepImages> steps = images.steps();
    StepImages examples = steps.get(steps.size() - 1 - steps().size());
    int[] rows = examples.rows(Verdict::success);
    ImageBatch clean = images.clean().select(rows);
    Tensor adversarial = examples.images().select(rows);
    Tensor masks =
        switch (mask) {
          case GREEDY ->
              RedundancyMasks.restored(
                  clean.pixels(), adversarial, steps.get(steps.size() - 1).images().select(rows));
          case SINGLE -> RedundancyMasks.single(images.model(), clean, adversarial, run);
        };
    return List.of(new Pairs(rows, adversarial, masks));
  }
}
