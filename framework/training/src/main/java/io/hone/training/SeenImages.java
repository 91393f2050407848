package io.hone.training;

import io.hone.api.data.Batch;
import io.hone.api.data.ImageBatch;
import io.hone.api.model.Classifier;
import io.hone.api.train.PairImages;
import io.hone.api.train.StepImages;
import io.hone.engine.ChainRunner;
import io.hone.engine.ChainRunner.ChainImages;
import io.hone.engine.step.SampleResult;
import io.hone.scenario.Goal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Images as a recipe sees them.
 *
 * @param chosen the model that the scenario names
 */
record SeenImages(
    ImageBatch clean,
    int[] labels,
    int[] predictions,
    int[] wanted,
    List<StepImages> steps,
    Optional<Classifier> chosen)
    implements PairImages {
  /** Returns images of a data set, which no model has seen. */
  static SeenImages of(ImageBatch clean, int[] labels) {
    int[] wanted = new int[labels.length];
    Arrays.fill(wanted, Batch.NO_TARGET);
    return new SeenImages(clean, labels, new int[0], wanted, List.of(), Optional.empty());
  }

  /** Returns what a chain of steps made of images. */
  static SeenImages of(ChainImages images, Goal goal, Classifier model) {
    return new SeenImages(
        images.clean(),
        images.labels(),
        images.predictions(),
        Arrays.stream(images.labels())
            .map(label -> goal.targetOf(label).orElse(Batch.NO_TARGET))
            .toArray(),
        images.steps().stream().map(SeenImages::images).toList(),
        Optional.of(model));
  }

  private static StepImages images(ChainRunner.StepImages step) {
    return new StepImages(
        step.images(), step.samples().stream().map(SampleResult::verdict).toList());
  }

  @Override
  public Classifier model() {
    return chosen.orElseThrow(
        () ->
            new IllegalStateException(
                "the scenario names no model; a recipe that asks for it needs Ingredient.MODEL"));
  }
}
