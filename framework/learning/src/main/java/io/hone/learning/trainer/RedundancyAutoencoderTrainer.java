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
import io.hone.learning.loop.Augmentation;
import io.hone.learning.loop.TrainingSession;
import io.hone.network.ImageToImageUse;
import java.util.Map;
import java.util.Set;
import org.pf4j.Extension;

/**
 * Trains an autoencoder that tells, for each feature of an adversarial example, how likely its
 * perturbation is redundant: section 5.1 of Nguyen et al. (Method for Improving Quality of
 * Adversarial Examples).
 */
@Named(
    id = "redundancy-autoencoder",
    summary = "Trains an autoencoder that recognises redundant perturbation.",
    references =
        "Nguyen et al., Method for Improving Quality of Adversarial Examples: equations 8 and 9,"
            + " Table 2",
    example = "{architecture: stacked-conv, mask: greedy, epochs: 1, batch: 4}")
@Extension
public final class RedundancyAutoencoderTrainer
    implements Trainer<RedundancyAutoencoderTrainer.Params> {

  /** How redundancy is decided. */
  public enum Mask {
    /**
     * What Algorithm 1 of Nguyen et al. (Method for Improving Quality of Adversarial Examples)
     * restored.
     */
    GREEDY,
    /** Equation 8 of the same paper: restoring this feature alone keeps the label. */
    SINGLE
  }

  /** How a redundancy autoencoder is trained. */
  public record Params(
      @Param(value = "Layers of the network.", def = "stacked-conv") ImageToImageUse architecture,
      @Param(
              value =
                  "What makes a feature redundant: greedy, Algorithm 1 restored it; single,"
                      + " restoring it alone keeps the label (equation 8).",
              def = "greedy")
          Mask mask,
      @Param(value = "First block size of the greedy mask, in features.", def = "6", min = 1)
          int step,
      @Param(
              value =
                  "Whether redundant and other features weigh the same in the loss, taken together;"
                      + " otherwise outputs follow how common redundancy is.",
              def = "false")
          boolean balance,
      @Param(value = "Decoupled weight decay of kernels.", def = "0", min = 0, max = 1)
          double decay,
      @Param(
              value =
                  "Whether every other example is mirrored left to right with its mask, at random"
                      + " in each epoch; near enough, because Algorithm 1 goes row by row.",
              def = "false")
          boolean flip,
      @Param(inline = true, def = "{schedule: constant}") TrainingParameters training) {}

  @Override
  public Recipe recipe(Params parameters, TrainingChoices choices) {
    return new RedundancyRecipe(parameters.mask(), parameters.step());
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
    Augmentation augmentation = Augmentation.of(0, parameters.flip());
    return new TrainingSession(
        Networks.of(parameters.architecture(), shape, seed),
        new SupervisedLesson(new Objective.BinaryCrossEntropy(parameters.balance())),
        parameters.training().plan(parameters.decay(), augmentation),
        parameters.training().keepSamediff());
  }
}
