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
import io.hone.learning.engine.Subject;
import io.hone.learning.loop.Augmentation;
import io.hone.learning.loop.BatchSizes;
import io.hone.learning.loop.Lesson;
import io.hone.learning.loop.TrainingSession;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.pf4j.Extension;

/** Trains an image classifier on the true classes, with cross-entropy. */
@Named(
    id = "classifier",
    summary = "Trains an image classifier with cross-entropy on the true classes.",
    references =
        "LeCun et al. 1998 (LeNet-5); Krizhevsky et al. 2012 (AlexNet); Kingma and Ba 2015 (Adam)",
    example = "{architecture: lenet5, epochs: 1, batch: 8}")
@Extension
public final class ClassifierTrainer implements Trainer<ClassifierTrainer.Params> {
  /** How a classifier is trained. */
  public record Params(
      @Param(inline = true) ClassifierParameters classifier,
      @Param(
              value =
                  "Standard deviation of the Gaussian noise that is added to each image, anew in"
                      + " each epoch.",
              def = "0",
              min = 0)
          double noise,
      @Param(inline = true) SizeParameters sizes,
      @Param(inline = true, def = "{epochs: 30, patience: 10}") TrainingParameters training) {}

  @Override
  public Recipe recipe(Params parameters, TrainingChoices choices) {
    return Recipe.labels();
  }

  @Override
  public Set<TrainingOption> options() {
    return Set.of(TrainingOption.ENGINE, TrainingOption.SHARDS, TrainingOption.MODEL);
  }

  @Override
  public void prepare(Params parameters, TrainingChoices choices, ImageShape shape, int classes) {
    session(parameters, choices, shape, classes, 0).check(choices);
  }

  @Override
  public TrainedModel train(
      Params parameters, TrainingTask task, BatchTransform transform, Run run) {
    ImageShape shape = task.training().inputs().imageShape();
    return session(parameters, task.choices(), shape, task.classes(), task.seed())
        .train(task, Map.of(), run);
  }

  private static TrainingSession session(
      Params parameters, TrainingChoices choices, ImageShape shape, int classes, long seed) {
    ClassifierParameters classifier = parameters.classifier();
    Subject subject = classifier.subject(choices, shape, classes, seed);
    Optional<BatchSizes> sizes = parameters.sizes().batches();
    if (sizes.isPresent() && subject instanceof Subject.Layers layers) {
      Networks.requireSizes(classifier.architecture(), layers, sizes.get().range());
    }
    Augmentation augmentation = classifier.augmentation().withNoise(parameters.noise());
    Lesson lesson = new SupervisedLesson(new Objective.CrossEntropy(classifier.smoothing()));
    return new TrainingSession(
        subject,
        lesson,
        parameters.training().plan(classifier.decay(), augmentation.inSizes(sizes)),
        parameters.training().keepSamediff());
  }
}
