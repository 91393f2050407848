package io.hone.learning.trainer;

import io.hone.api.BadInputException;
import io.hone.api.data.ImageShape;
import io.hone.api.run.Run;
import io.hone.api.train.AttackedClassifier;
import io.hone.api.train.Examples;
import io.hone.api.train.TrainedModel;
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

/** How all trainers of generators of adversarial examples train. */
record GeneratorTraining(ImageToImageUse architecture, TrainingParameters training) {
  static final Set<TrainingOption> OPTIONS = Set.of(TrainingOption.ENGINE, TrainingOption.SHARDS);

  /** The key of the card's training section that tells what each label is turned into. */
  private static final String TARGETS = "targets";

  /** Makes what a generator learns against a classifier, from images of a shape. */
  interface Teaching {
    Lesson against(AttackedClassifier attacked, ImageShape shape);
  }

  /** Refuses what an engine cannot train. */
  void check(TrainingChoices choices, ImageShape shape) {
    TrainingSession.check(
        choices,
        Networks.of(architecture, shape, 0),
        new Objective.GivenGradient(),
        training.plan(),
        training.keepSamediff());
  }

  /** Trains a generator, whose card tells which class it turns each label into. */
  TrainedModel train(TrainingTask task, Run run, Teaching teaching) {
    AttackedClassifier attacked =
        task.attacked()
            .orElseThrow(
                () ->
                    new BadInputException(
                        "data.model: a generator is trained against a classifier; name its card"));
    ImageShape shape = task.training().inputs().imageShape();
    return new TrainingSession(
            Networks.of(architecture, shape, task.seed()),
            teaching.against(attacked, shape),
            training.plan(),
            training.keepSamediff())
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
