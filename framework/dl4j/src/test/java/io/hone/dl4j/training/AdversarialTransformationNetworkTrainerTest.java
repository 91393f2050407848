package io.hone.dl4j.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.BadInputException;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.Task;
import io.hone.api.train.AttackedClassifier;
import io.hone.api.train.BatchTransform;
import io.hone.api.train.Examples;
import io.hone.api.train.TrainedModel;
import io.hone.api.train.TrainingTask;
import io.hone.learning.loop.Schedule;
import io.hone.learning.trainer.AdversarialTransformationNetworkTrainer;
import io.hone.learning.trainer.AdversarialTransformationNetworkTrainer.Expected;
import io.hone.learning.trainer.AdversarialTransformationNetworkTrainer.Params;
import io.hone.learning.trainer.ImageDistance;
import io.hone.learning.trainer.PredictionDistance;
import io.hone.testkit.TestArchitectures;
import io.hone.testkit.TestRun;
import io.hone.testkit.model.LinearClassifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AdversarialTransformationNetworkTrainerTest {
  private static final ImageShape SHAPE = new ImageShape(3, 8, 8);

  @TempDir Path folder;

  private final AdversarialTransformationNetworkTrainer trainer =
      new AdversarialTransformationNetworkTrainer();

  private static Params parameters(double phi, int epochs, Expected expected) {
    return new Params(
        TestArchitectures.imageToImage("transformation"),
        phi,
        ImageDistance.L2,
        PredictionDistance.CROSS_ENTROPY,
        expected,
        1.5,
        SameDiffTraining.parameters(epochs, 8, 0.003, Schedule.CONSTANT, epochs, false));
  }

  @ParameterizedTest
  @EnumSource(Expected.class)
  void generatorLearnsToFoolTheClassifierWithImagesThatStayClose(Expected expected) {
    TrainedModel model =
        trainer.train(
            parameters(0.9, 20, expected),
            task("learns", false, "a"),
            BatchTransform.none(),
            new TestRun(1));
    assertThat(model.figures().get("validation_success_rate")).isGreaterThan(0.9);
    assertThat(model.figures()).doesNotContainKey("validation_accuracy");
    assertThat(model.card().task()).isEqualTo(Task.IMAGE_TO_IMAGE);
    assertThat(model.card().training()).containsEntry("targets", Map.of(0, 1));
  }

  @Test
  void weightOfThePredictionTradesSuccessForDistance() {
    double near = distance(trained(0.05));
    double far = distance(trained(0.95));
    assertThat(near).isLessThan(far);
  }

  private TrainedModel trained(double phi) {
    return trainer.train(
        parameters(phi, 12, Expected.ONE_HOT),
        task("phi" + phi, false, "a"),
        BatchTransform.none(),
        new TestRun(1));
  }

  /** Returns the sum of the Euclidean norms of what changed in each probe. */
  private static double distance(TrainedModel model) {
    double sum = 0;
    for (int row = 0; row < model.probeInputs().rows(); row++) {
      double squares = 0;
      for (int feature = 0; feature < SHAPE.features(); feature++) {
        double change =
            model.probeOutputs().get(row, feature) - model.probeInputs().get(row, feature);
        squares += change * change;
      }
      sum += Math.sqrt(squares);
    }
    return sum;
  }

  @Test
  void checkpointAgainstAnotherClassifierOrWithAnotherWeightIsRefused() {
    Params once = parameters(0.5, 1, Expected.ONE_HOT);
    trainer.train(once, task("one", false, "a"), BatchTransform.none(), new TestRun(1));
    assertThatThrownBy(
            () ->
                trainer.train(once, task("one", true, "b"), BatchTransform.none(), new TestRun(1)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("differs in: attacked model; delete it or train without --resume");
    Params heavier = parameters(0.6, 1, Expected.ONE_HOT);
    assertThatThrownBy(
            () ->
                trainer.train(
                    heavier, task("one", true, "a"), BatchTransform.none(), new TestRun(1)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("differs in: loss; delete it or train without --resume");
  }

  @Test
  void classifierIsNeededThatTakesTheImages() {
    Params once = parameters(0.5, 1, Expected.ONE_HOT);
    TrainingTask task = task("none", false, "a");
    assertThatThrownBy(
            () ->
                trainer.train(
                    once, with(task, Optional.empty()), BatchTransform.none(), new TestRun(1)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("data.model")
        .hasMessageContaining("name its card");
    LinearClassifier other =
        new LinearClassifier(new ImageShape(1, 1, 1), new double[][] {{1}, {0}}, new double[2]);
    assertThatThrownBy(
            () ->
                trainer.train(
                    once,
                    with(task, Optional.of(new AttackedClassifier(other, "a"))),
                    BatchTransform.none(),
                    new TestRun(1)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("3x8x8");
  }

  private TrainingTask task(String part, boolean resume, String sha256) {
    try {
      return new TrainingTask(
          "generator",
          5,
          bright(48, 1),
          bright(24, 2),
          0,
          Optional.of(new AttackedClassifier(classifier(), sha256)),
          SameDiffTraining.choices(),
          1,
          Files.createDirectories(folder.resolve(part + "/checkpoints")),
          resume,
          Files.createDirectories(folder.resolve(part + "/model")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TrainingTask with(TrainingTask task, Optional<AttackedClassifier> attacked) {
    return new TrainingTask(
        task.name(),
        task.seed(),
        task.training(),
        task.validation(),
        task.classes(),
        attacked,
        task.choices(),
        task.threads(),
        task.checkpoints(),
        task.resume(),
        task.output());
  }

  /** Class 0 where the upper half is brighter, 1 where the lower one is. */
  private static LinearClassifier classifier() {
    double[][] weights = new double[2][SHAPE.features()];
    for (int feature = 0; feature < SHAPE.features(); feature++) {
      boolean above = feature % SHAPE.pixels() < SHAPE.pixels() / 2;
      weights[above ? 0 : 1][feature] = 0.2;
    }
    return new LinearClassifier(SHAPE, weights, new double[2]);
  }

  /** Images of class 0, to be turned into class 1. */
  private static Examples bright(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Tensor images = Tensor.images(count, SHAPE);
    Tensor classes = Tensor.zeros(count, 2);
    for (int row = 0; row < count; row++) {
      classes.set(row, 0, 1);
      for (int feature = 0; feature < SHAPE.features(); feature++) {
        boolean above = feature % SHAPE.pixels() < SHAPE.pixels() / 2;
        images.set(row, feature, (float) (0.4 * random.nextDouble() + (above ? 0.5 : 0.1)));
      }
    }
    return new Examples(images, classes);
  }
}
