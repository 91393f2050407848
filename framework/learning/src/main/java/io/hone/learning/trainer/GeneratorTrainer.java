package io.hone.learning.trainer;

import io.hone.api.BadInputException;
import io.hone.api.data.ImageShape;
import io.hone.api.run.Run;
import io.hone.api.train.AttackedClassifier;
import io.hone.api.train.BatchTransform;
import io.hone.api.train.Examples;
import io.hone.api.train.Recipe;
import io.hone.api.train.TrainedModel;
import io.hone.api.train.Trainer;
import io.hone.api.train.TrainingChoices;
import io.hone.api.train.TrainingOption;
import io.hone.api.train.TrainingTask;
import io.hone.learning.engine.Objective;
import io.hone.learning.loop.Lesson;
import io.hone.learning.loop.TrainingSession;
import io.hone.network.ImageToImageUse;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What all trainers of generators of adversarial examples have in common. The card of a generator
 * tells as {@code training.targets} which class it turns each label into.
 */
abstract class GeneratorTrainer<P extends Record & GeneratorTrainer.Parameters>
    implements Trainer<P> {
  private static final String TARGETS = "targets";

  /** The parameters that all of them have. */
  interface Parameters {
    ImageToImageUse architecture();

    TrainingParameters training();
  }

  /** Returns what the generator learns against a classifier, from images of a shape. */
  abstract Lesson lesson(P parameters, AttackedClassifier attacked, ImageShape shape);

  @Override
  public final Recipe recipe(P parameters, TrainingChoices choices) {
    return new TransformationRecipe();
  }

  @Override
  public final Set<TrainingOption> options() {
    return Set.of(TrainingOption.ENGINE, TrainingOption.SHARDS);
  }

  @Override
  public final void prepare(P parameters, TrainingChoices choices, ImageShape shape, int classes) {
    TrainingSession.check(
        choices,
        Networks.of(parameters.architecture(), shape, 0),
        new Objective.GivenGradient(),
        parameters.training().plan(),
        parameters.training().keepSamediff());
  }

  @Override
  public final TrainedModel train(
      P parameters, TrainingTask task, BatchTransform transform, Run run) {
    AttackedClassifier attacked =
        task.attacked()
            .orElseThrow(
                () ->
                    new BadInputException(
                        "data.model: a generator is trained against a classifier; name its card"));
    ImageShape shape = task.training().inputs().imageShape();
    return new TrainingSession(
            Networks.of(parameters.architecture(), shape, task.seed()),
            lesson(parameters, attacked, shape),
            parameters.training().plan(),
            parameters.training().keepSamediff())
        .train(task, Map.of(TARGETS, targets(task)), run);
  }

  /** Returns the class that each label is turned into, labels in ascending order. */
  private static Map<Integer, Integer> targets(TrainingTask task) {
    Map<Integer, Integer> targets = new TreeMap<>();
    Examples examples = task.training();
    for (int row = 0; row < examples.size(); row++) {
      targets.put((int) examples.targets().get(row, 1), (int) examples.targets().get(row, 0));
    }
    return targets;
  }
}
