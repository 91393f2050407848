package io.hone.learning.trainer;

import io.hone.api.Named;
import io.hone.api.Param;
import io.hone.api.data.ImageShape;
import io.hone.api.run.Run;
import io.hone.api.train.BatchTransform;
import io.hone.api.train.Recipe;
import io.hone.api.train.TrainedModel;
import io.hone.api.train.Trainer;
import io.hone.api.train.TrainingChoices;
import io.hone.api.train.TrainingOption;
import io.hone.api.train.TrainingTask;
import io.hone.learning.engine.Objective;
import io.hone.learning.loop.TrainingSession;
import io.hone.network.ImageToImageUse;
import java.util.Map;
import java.util.Set;
import org.pf4j.Extension;

/** Trains an autoencoder that draws the clean image from what attacks and noise made of it. */
@Named(
    id = "denoising-autoencoder",
    summary = "Trains an autoencoder that recovers clean images.",
    references = "Lim, How to create adversarial examples and mitigate adversarial effects",
    example = "{architecture: denoiser, epochs: 1, batch: 4}")
@Extension
public final class DenoisingAutoencoderTrainer
    implements Trainer<DenoisingAutoencoderTrainer.Params> {

  /** What the difference to the clean image is measured by. */
  public enum Loss {
    /** Mean squared error. */
    MSE(new Objective.MeanSquaredError()),
    /** Binary cross-entropy, with grey values as probabilities. */
    BCE(new Objective.BinaryCrossEntropy(false));

    private final Objective objective;

    Loss(Objective objective) {
      this.objective = objective;
    }
  }

  /** How a denoising autoencoder is trained. */
  public record Params(
      @Param(value = "Layers of the network.", def = "denoiser") ImageToImageUse architecture,
      @Param(value = "What the difference to the clean image is measured by.", def = "mse")
          Loss loss,
      @Param(inline = true, def = "{epochs: 10}") TrainingParameters training) {}

  @Override
  public Recipe recipe(Params parameters, TrainingChoices choices) {
    return Recipe.clean();
  }

  @Override
  public Set<TrainingOption> options() {
    return Set.of(TrainingOption.ENGINE, TrainingOption.SHARDS);
  }

  @Override
  public void prepare(Params parameters, TrainingChoices choices, ImageShape shape, int classes) {
    session(parameters, shape, 0).check(choices);
  }

  @Override
  public TrainedModel train(
      Params parameters, TrainingTask task, BatchTransform transform, Run run) {
    return session(parameters, task.training().inputs().imageShape(), task.seed())
        .train(task, Map.of(), run);
  }

  private static TrainingSession session(Params parameters, ImageShape shape, long seed) {
    return new TrainingSession(
        Networks.of(parameters.architecture(), shape, seed),
        new SupervisedLesson(parameters.loss().objective),
        parameters.training().plan(),
        parameters.training().keepSamediff());
  }
}
