package io.hone.training;

import io.hone.api.BadInputException;
import io.hone.api.Named;
import io.hone.api.Param;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.ModelCard;
import io.hone.api.run.Run;
import io.hone.api.train.TrainedModel;
import io.hone.api.train.Trainer;
import io.hone.api.train.TrainingTarget;
import io.hone.api.train.TrainingTask;
import io.hone.engine.EngineComponents.Linear;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Learns anything at once: what it makes is the linear model of the engine's tests. */
@Named(id = "learner", summary = "Learns at once.")
public final class Learner implements Trainer<Learner.Params> {
  /** What to learn from. */
  public record Params(
      @Param(value = "What it learns to return.", def = "label") Target target,
      @Param(value = "Columns that an image has at least.", def = "1") int least) {}

  /** What a trainer may learn to return. */
  public enum Target {
    LABEL(new TrainingTarget.TrueClass()),
    CLEAN(new TrainingTarget.CleanImage()),
    GOAL(new TrainingTarget.GoalClass()),
    GREEDY(new TrainingTarget.Redundancy(TrainingTarget.Mask.GREEDY, 2)),
    SINGLE(new TrainingTarget.Redundancy(TrainingTarget.Mask.SINGLE, 2));

    private final TrainingTarget target;

    Target(TrainingTarget target) {
      this.target = target;
    }
  }

  /** Creates the component. */
  public Learner() {}

  @Override
  public TrainingTarget target(Params parameters) {
    return parameters.target().target;
  }

  @Override
  public void prepare(Params parameters, ImageShape shape, int classes) {
    if (shape.width() < parameters.least()) {
      throw new BadInputException(
          "images of " + shape + " are too narrow for " + classes + " classes; take wider ones");
    }
  }

  @Override
  public TrainedModel train(Params parameters, TrainingTask task, Run run) {
    Path file = task.output().resolve("linear.model");
    try {
      Files.writeString(file, "linear");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Linear backend = new Linear();
    ModelCard card = backend.describe(file).orElseThrow();
    Tensor images = task.validation().inputs();
    Tensor logits =
        backend
            .openClassifier(new Linear.Params(false, true, 0), card, run)
            .logits(new ImageBatch(images, new long[images.rows()]));
    return new TrainedModel(card, Map.of(), List.of("Linear"), images, logits);
  }
}
