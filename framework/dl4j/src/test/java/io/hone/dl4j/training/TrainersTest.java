package io.hone.dl4j.training;

import static io.hone.testkit.TensorAssert.assertThatTensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.BadInputException;
import io.hone.api.data.Sha256;
import io.hone.api.model.ModelCard;
import io.hone.api.model.Task;
import io.hone.api.run.Progress;
import io.hone.api.run.Run;
import io.hone.api.train.BatchTransform;
import io.hone.api.train.Recipe;
import io.hone.api.train.TrainedModel;
import io.hone.api.train.TrainingTask;
import io.hone.learning.loop.Schedule;
import io.hone.learning.trainer.ClassifierTrainer;
import io.hone.learning.trainer.DenoisingAutoencoderTrainer;
import io.hone.learning.trainer.RedundancyAutoencoderTrainer;
import io.hone.testkit.TestArchitectures;
import io.hone.testkit.TestRun;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainersTest {
  @TempDir Path folder;

  private final ClassifierTrainer classifiers = new ClassifierTrainer();

  private static ClassifierTrainer.Params classifier(int epochs, int patience) {
    return SameDiffTraining.classifier(
        TestArchitectures.classifier("lenet5"),
        0.01,
        1,
        true,
        SameDiffTraining.parameters(epochs, 8, 0.003, Schedule.COSINE, patience, true));
  }

  @Test
  void classifierLearnsAndIsExportedWithItsCard() throws IOException {
    TrainedModel model =
        classifiers.train(
            classifier(12, 12),
            Tasks.classes(folder, false, 1),
            BatchTransform.none(),
            new TestRun(1));
    assertThat(model.figures().get("validation_accuracy")).isGreaterThan(0.95);
    assertThat(model.figures().get("epochs")).isEqualTo(12.0);
    ModelCard card = model.card();
    assertThat(card.task()).isEqualTo(Task.CLASSIFIER);
    assertThat(card.output().classes()).isEqualTo(3);
    assertThat(card.output().kind()).isEqualTo(ModelCard.OutputKind.LOGITS);
    assertThat(card.sha256()).isEqualTo(Sha256.of(card.file()));
    assertThat(model.layers()).hasSize(9).first().isEqualTo("Input 1x16x16");
    assertThat(model.probeOutputs().shape()).containsExactly(model.probeInputs().rows(), 3);
    assertThat(folder.resolve("model/model.sd")).isNotEmptyFile();
  }

  private static DenoisingAutoencoderTrainer.Params denoiser(int epochs) {
    return new DenoisingAutoencoderTrainer.Params(
        TestArchitectures.imageToImage("denoiser"),
        DenoisingAutoencoderTrainer.Loss.MSE,
        SameDiffTraining.parameters(epochs, 8, 0.01, Schedule.CONSTANT, epochs, false));
  }

  @Test
  void denoiserLearnsToDrawTheCleanImage() {
    DenoisingAutoencoderTrainer trainer = new DenoisingAutoencoderTrainer();
    TrainingTask task = Tasks.images(folder, false, 3);
    TrainedModel model = trainer.train(denoiser(25), task, BatchTransform.none(), new TestRun(1));
    assertThat(trainer.recipe(denoiser(25), SameDiffTraining.choices())).isEqualTo(Recipe.clean());
    assertThat(model.card().task()).isEqualTo(Task.IMAGE_TO_IMAGE);
    assertThat(model.card().output().kind()).isEqualTo(ModelCard.OutputKind.IMAGE);
    // The noisy images are 0.2 off, a mean squared error of 0.04 and more.
    assertThat(model.figures().get("validation_loss")).isLessThan(0.02);
    assertThatTensor(model.probeOutputs()).isWithinPixelRange();
  }

  @Test
  void redundancyAutoencoderLearnsItsMasks() {
    RedundancyAutoencoderTrainer trainer = new RedundancyAutoencoderTrainer();
    RedundancyAutoencoderTrainer.Params parameters =
        new RedundancyAutoencoderTrainer.Params(
            TestArchitectures.imageToImage("stacked-conv"),
            RedundancyAutoencoderTrainer.Mask.SINGLE,
            4,
            false,
            0.001,
            true,
            SameDiffTraining.parameters(12, 8, 0.003, Schedule.CONSTANT, 12, false));
    TrainedModel model =
        trainer.train(
            parameters, Tasks.images(folder, false, 4), BatchTransform.none(), new TestRun(1));
    // Knowing nothing costs log 2 = 0.69 per feature.
    assertThat(model.figures().get("validation_loss")).isLessThan(0.35);
  }

  @Test
  void trainingStopsWhenTheValidationStalls() {
    TrainedModel model =
        classifiers.train(
            classifier(200, 2),
            Tasks.classes(folder, false, 5),
            BatchTransform.none(),
            new TestRun(1));
    double epochs = model.figures().get("epochs");
    assertThat(epochs).isLessThan(200);
    assertThat(model.figures().get("best_epoch")).isEqualTo(epochs - 2);
  }

  @Test
  void trainingThatDivergesIsAnError() {
    TrainingTask task = Tasks.classes(folder, false, 5);
    task.training().inputs().set(3, 7, Float.NaN);
    assertThatThrownBy(
            () -> classifiers.train(classifier(3, 3), task, BatchTransform.none(), new TestRun(1)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("diverged in epoch 1")
        .hasMessageContaining("lower the rate");
  }

  @Test
  void checkpointOfAnotherTrainingIsRefused() {
    classifiers.train(
        classifier(1, 1), Tasks.classes(folder, false, 6), BatchTransform.none(), new TestRun(1));
    assertThatThrownBy(
            () ->
                classifiers.train(
                    classifier(1, 1),
                    Tasks.classes(folder, true, 7),
                    BatchTransform.none(),
                    new TestRun(1)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("training.checkpoint")
        .hasMessageContaining("differs in: seed; delete it");
  }

  @Test
  void damagedCheckpointIsRefused() throws IOException {
    classifiers.train(
        classifier(1, 1), Tasks.classes(folder, false, 6), BatchTransform.none(), new TestRun(1));
    Path file = folder.resolve("checkpoints/training.checkpoint");
    byte[] bytes = Files.readAllBytes(file);
    for (int damage : List.of(bytes.length / 2, bytes.length - 20)) {
      byte[] damaged = bytes.clone();
      damaged[damage] ^= 1;
      Files.write(file, damaged);
      assertRefused();
    }
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    assertRefused();
  }

  private void assertRefused() {
    assertThatThrownBy(
            () ->
                classifiers.train(
                    classifier(1, 1),
                    Tasks.classes(folder, true, 6),
                    BatchTransform.none(),
                    new TestRun(1)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("no complete checkpoint");
  }

  @Test
  void nothingIsPrintedToStandardOutput() {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream original = System.out;
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      classifiers.train(
          classifier(1, 1), Tasks.classes(folder, false, 8), BatchTransform.none(), new TestRun(1));
    } finally {
      System.setOut(original);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void progressCountsExamplesAndTellsTheLoss() {
    List<String> states = new ArrayList<>();
    long[] advanced = new long[1];
    Run watching =
        InterceptedRun.answering(
            (proxy, method, arguments) ->
                method.getName().equals("progress")
                    ? new Progress() {
                      @Override
                      public void advance(long units) {
                        advanced[0] += units;
                      }

                      @Override
                      public void describe(String state) {
                        states.add(state);
                      }

                      @Override
                      public void close() {}
                    }
                    : null);
    classifiers.train(
        classifier(2, 2), Tasks.classes(folder, false, 9), BatchTransform.none(), watching);
    assertThat(advanced[0]).isEqualTo(2 * 44);
    assertThat(states.get(0)).matches("epoch 1/2, loss \\d\\.\\d{4}");
    assertThat(states.get(states.size() - 1))
        .matches("epoch 2/2, loss \\d\\.\\d{4}, validation \\d\\.\\d{4}, accuracy [01]\\.\\d{4}");
  }
}
