package io.hone.learning.trainer;

import io.hone.api.Named;
import io.hone.api.Param;
import io.hone.api.data.ImageShape;
import io.hone.api.run.Run;
import io.hone.api.train.BatchTransform;
import io.hone.api.train.ComponentUse;
import io.hone.api.train.Recipe;
import io.hone.api.train.TrainedModel;
import io.hone.api.train.Trainer;
import io.hone.api.train.TrainingChoices;
import io.hone.api.train.TrainingOption;
import io.hone.api.train.TrainingTask;
import io.hone.learning.engine.Subject;
import io.hone.learning.loop.TrainingSession;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.pf4j.Extension;

/**
 * Trains a classifier on images that are attacked with the weights of the moment, a new network or
 * the model that the scenario names.
 *
 * <p>The attack is the scenario's {@code train.attack}; without it, {@code pgd} as it comes, which
 * makes all of its steps. The best epoch has the smallest loss on attacked validation images.
 */
@Named(
    id = "adversarial-training",
    summary = "Trains a classifier, new or from a file, on images attacked with its own weights.",
    references =
        "Madry et al. 2018; Zhang et al. 2019 (TRADES), equation 5; Wong et al. 2020 (one step with"
            + " a random start)",
    example = "{architecture: lenet5, epochs: 1, batch: 8}")
@Extension
public final class AdversarialTrainer implements Trainer<AdversarialTrainer.Params> {
  private static final String STOPS = "stop-at-success";

  /** What is learned from clean images and attacked images. */
  public enum Loss {
    /** Cross-entropy of the attacked images. */
    CROSS_ENTROPY,
    /** Cross-entropy of the clean images, and how far attacks move the probabilities. */
    TRADES
  }

  /** How a robust classifier is trained. */
  public record Params(
      @Param(inline = true) ClassifierParameters classifier,
      @Param(
              value =
                  "cross-entropy: of attacked images; trades: of clean images, with the divergence"
                      + " that attacks cause.",
              def = "cross-entropy")
          Loss loss,
      @Param(value = "With loss: trades, the weight of the divergence.", def = "6", min = 0)
          double beta,
      @Param(
              value = "Share of examples that stay clean, drawn anew in each epoch.",
              def = "0",
              min = 0,
              max = 0.99)
          double clean,
      @Param(value = "Epochs in which the attack's epsilon grows to its whole.", def = "0", min = 0)
          int warmUp,
      @Param(inline = true, def = "{epochs: 20, batch: 128, patience: 20}")
          TrainingParameters training) {}

  @Override
  public Recipe recipe(Params parameters, TrainingChoices choices) {
    return Recipe.labels(attack(parameters, choices).all().toArray(ComponentUse[]::new));
  }

  private static WarmUp attack(Params parameters, TrainingChoices choices) {
    ComponentUse whole =
        choices.attack().orElseGet(() -> ComponentUse.attack("pgd", Map.of(STOPS, false)));
    return new WarmUp(whole, parameters.warmUp());
  }

  @Override
  public Set<TrainingOption> options() {
    return EnumSet.allOf(TrainingOption.class);
  }

  @Override
  public void prepare(Params parameters, TrainingChoices choices, ImageShape shape, int classes) {
    session(parameters, choices, shape, classes, 0, BatchTransform.none()).check(choices);
  }

  @Override
  public TrainedModel train(
      Params parameters, TrainingTask task, BatchTransform transform, Run run) {
    ComponentUse attack = attack(parameters, task.choices()).whole();
    if (Boolean.TRUE.equals(attack.parameters().get(STOPS))) {
      run.notice(
          "The attack "
              + attack.id()
              + " stops at its first success, so the network learns from weaker examples than it"
              + " could; write stop-at-success: false at train.attack.with for stronger ones.");
    }
    ImageShape shape = task.training().inputs().imageShape();
    return session(parameters, task.choices(), shape, task.classes(), task.seed(), transform)
        .train(task, notes(attack), run);
  }

  /** The card tells the attack, also where the scenario names none. */
  private static Map<String, Object> notes(ComponentUse attack) {
    return Map.of("attack", Map.of("use", attack.id(), "with", attack.parameters()));
  }

  private static TrainingSession session(
      Params parameters,
      TrainingChoices choices,
      ImageShape shape,
      int classes,
      long seed,
      BatchTransform transform) {
    ClassifierParameters classifier = parameters.classifier();
    Subject subject = classifier.subject(choices, shape, classes, seed);
    RobustLoss loss =
        parameters.loss() == Loss.TRADES
            ? new RobustLoss.Trades(parameters.beta())
            : new RobustLoss.OfAttacked(classifier.smoothing());
    return new TrainingSession(
        subject,
        new AdversarialLesson(transform, attack(parameters, choices), parameters.clean(), loss),
        parameters.training().plan(classifier.decay(), classifier.augmentation().withNoise(0)),
        parameters.training().keepSamediff());
  }
}
