package io.hone.training;

import io.hone.api.BadInputException;
import io.hone.api.Named;
import io.hone.api.Param;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.Classifier;
import io.hone.api.model.ModelCard;
import io.hone.api.run.Run;
import io.hone.api.train.BatchTransform;
import io.hone.api.train.ComponentUse;
import io.hone.api.train.Recipe;
import io.hone.api.train.RefusedChoiceException;
import io.hone.api.train.TrainedModel;
import io.hone.api.train.Trainer;
import io.hone.api.train.TrainingChoices;
import io.hone.api.train.TrainingOption;
import io.hone.api.train.TrainingTask;
import io.hone.engine.EngineComponents.Linear;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/** Learns anything at once: what it makes is the linear model of the engine's tests. */
@Named(id = "learner", summary = "Learns at once.")
public final class Learner implements Trainer<Learner.Params> {
  /** What to learn from. */
  public record Params(
      @Param(value = "What it learns to return.", def = "labels") LearnerRecipe.Kind pairs,
      @Param(value = "The improver or attack that its recipe names.", def = "nudge") String use,
      @Param(value = "Its parameter.", def = "share") String parameter,
      @Param(value = "The value of the parameter.", def = "0.9") double value,
      @Param(value = "What is wrong with the pairs.", def = "nothing") LearnerRecipe.Fault fault,
      @Param(value = "Images that are attacked at a time while it learns.", def = "10") int batch,
      @Param(value = "Columns that an image has at least.", def = "1") int least,
      @Param(value = "The key of the scenario that it refuses, or none.", def = "none")
          String refuses,
      @Param(value = "Whether it refuses the key only while it trains.", def = "false")
          boolean late) {}

  /** How often a recipe was asked for. */
  private int asked;

  /** The classes that it was told to learn, before the first example. */
  private int classes;

  /** What it was told to do. */
  private TrainingTask task;

  /** What it tells on the card of how it trained. */
  private Map<String, Object> notes = Map.of();

  /** What it tells of its epochs. */
  private List<Map<String, Double>> history = List.of();

  /** The images of the two epochs, after their attacks. */
  private Tensor attacked;

  /** Creates the component. */
  public Learner() {}

  void notes(Map<String, Object> training) {
    notes = training;
  }

  void history(List<Map<String, Double>> epochs) {
    history = epochs;
  }

  int asked() {
    return asked;
  }

  Tensor attacked() {
    return attacked;
  }

  int classes() {
    return classes;
  }

  TrainingTask task() {
    return task;
  }

  @Override
  public Set<TrainingOption> options() {
    return Set.of(TrainingOption.values());
  }

  @Override
  public Recipe recipe(Params parameters, TrainingChoices choices) {
    asked++;
    return switch (parameters.pairs()) {
      case LABELS -> Recipe.labels();
      case CLEAN -> Recipe.clean();
      default ->
          parameters.fault() == LearnerRecipe.Fault.NO_RECIPE
              ? null
              : new LearnerRecipe(
                  parameters.pairs(),
                  choices.attack().map(ComponentUse::id).orElse(parameters.use()),
                  choices
                      .attack()
                      .map(ComponentUse::parameters)
                      .orElse(Map.of(parameters.parameter(), parameters.value())),
                  parameters.fault());
    };
  }

  @Override
  public void prepare(Params parameters, TrainingChoices choices, ImageShape shape, int classes) {
    this.classes = classes;
    refuse(parameters, false);
    if (shape.width() < parameters.least()) {
      throw new BadInputException(
          "images of " + shape + " are too narrow for " + classes + " classes; take wider ones");
    }
  }

  private static void refuse(Params parameters, boolean late) {
    if (!parameters.refuses().equals("none") && parameters.late() == late) {
      throw new RefusedChoiceException(parameters.refuses(), "not this; write another");
    }
  }

  @Override
  public TrainedModel train(
      Params parameters, TrainingTask task, BatchTransform transform, Run run) {
    this.task = task;
    refuse(parameters, true);
    Path file = task.output().resolve("linear.model");
    try {
      Files.writeString(file, "linear");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Linear backend = new Linear();
    ModelCard found = backend.describe(file).orElseThrow();
    ModelCard card =
        new ModelCard(
            found.name(),
            found.file(),
            found.sha256(),
            found.task(),
            found.input(),
            found.output(),
            notes);
    Classifier network = backend.openClassifier(new Linear.Params(false, true, 0), card, run);
    if (parameters.pairs() == LearnerRecipe.Kind.ATTACKED) {
      attack(parameters, task, transform, network);
    }
    Tensor images = task.validation().inputs();
    Tensor logits = network.logits(new ImageBatch(images, new long[images.rows()]));
    return new TrainedModel(card, Map.of(), history, List.of("Linear"), images, logits);
  }

  private void attack(
      Params parameters, TrainingTask task, BatchTransform transform, Classifier network) {
    LearnerRecipe recipe = (LearnerRecipe) recipe(parameters, task.choices());
    Tensor images = task.training().inputs();
    int count = images.rows();
    attacked = Tensor.images(2 * count, images.imageShape());
    for (int epoch = 0; epoch < 2; epoch++) {
      for (int from = 0; from < count; from += parameters.batch()) {
        int to = Math.min(count, from + parameters.batch());
        int[] labels = new int[to - from];
        for (int row = from; row < to; row++) {
          labels[row - from] = (int) task.training().targets().get(row, 0);
        }
        ImageBatch batch =
            new ImageBatch(images.rows(from, to), LongStream.range(from, to).toArray());
        Tensor made = transform.attacked(recipe.use(), epoch, batch, labels, network);
        attacked.copyRows(epoch * count + from, made, 0, to - from);
      }
    }
  }
}
