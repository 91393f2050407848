package io.hone.training;

import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.Classifier;
import io.hone.api.train.ComponentUse;
import io.hone.engine.failure.ComponentFailureException;

/** What an attack finds that is asked for without a network: it may not ask anything. */
record NoNetwork(TrainingRecipe recipe, ComponentUse attack) implements Classifier {
  @Override
  public int classes() {
    throw asked();
  }

  @Override
  public boolean accepts(ImageShape shape) {
    throw asked();
  }

  @Override
  public Tensor logits(ImageBatch images) {
    throw asked();
  }

  /** Returns the failure of an attack that asks. */
  ComponentFailureException asked() {
    return recipe.defect(
        "asks for the attack " + attack.id() + " without a network, but the attack asks one");
  }
}
