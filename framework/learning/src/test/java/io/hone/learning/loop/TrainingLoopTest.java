package io.hone.learning.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.hone.api.BadInputException;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.run.RunCancelledException;
import io.hone.api.train.Examples;
import io.hone.api.train.RefusedChoiceException;
import io.hone.api.train.TrainingChoices;
import io.hone.api.train.TrainingTask;
import io.hone.learning.engine.Learner;
import io.hone.learning.engine.SizeRange;
import io.hone.onnx.training.update.Adam;
import io.hone.onnx.training.update.UpdateRules;
import io.hone.testkit.TestRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingLoopTest {
  private static final int TRAINING = 7;
  private static final int VALIDATION = 3;
  private static final int BATCH = 3;

  /** Two full batches and one of a single example. */
  private static final int STEPS = 3;

  @TempDir Path folder;

  private final FakeLearner learner = new FakeLearner();

  private static TrainingPlan plan(int epochs, int patience) {
    BatchSizes sizes = BatchSizes.random(new SizeRange(1, 4));
    return plan(epochs, patience, new Augmentation(0, true, 10, 0.1, 0.01, Optional.of(sizes)));
  }

  private static TrainingPlan plan(int epochs, int patience, Augmentation augmentation) {
    return new TrainingPlan(
        epochs,
        BATCH,
        0.125,
        Schedule.INVERSE,
        UpdateRules.of(Adam.usual()),
        patience,
        augmentation);
  }

  /** The same without a change of images, so that a test knows each by its first pixel. */
  private static TrainingPlan plain(int epochs, int patience) {
    return plan(epochs, patience, Augmentation.NONE);
  }

  /** Each image has one value, its number in hundredths. */
  private static Examples examples(int count, int first) {
    Tensor images = Tensor.images(count, new ImageShape(1, 2, 2));
    Tensor classes = Tensor.zeros(count, 1);
    for (int row = 0; row < count; row++) {
      classes.set(row, 0, (first + row) % 2);
      for (int feature = 0; feature < 4; feature++) {
        images.set(row, feature, (first + row) / 100f);
      }
    }
    return new Examples(images, classes);
  }

  private TrainingTask task(boolean resume) {
    return task(resume, 5, examples(TRAINING, 0), examples(VALIDATION, 50));
  }

  private TrainingTask task(boolean resume, long seed, Examples training, Examples validation) {
    try {
      return new TrainingTask(
          "small",
          seed,
          training,
          validation,
          2,
          Optional.empty(),
          TrainingChoices.usual(),
          1,
          Files.createDirectories(folder.resolve("checkpoints")),
          resume,
          folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Fingerprint fingerprint() {
    return new Fingerprint().add("engine", "fake").add("shards", 1).add("network", "one weight");
  }

  private static TrainingLoop loop(
      Learner learner, Lesson lesson, TrainingPlan plan, TrainingTask task, TestRun run) {
    return new TrainingLoop(learner, lesson, plan, true, task, fingerprint(), run);
  }

  private Checkpoint train(Lesson lesson, TrainingPlan plan) {
    return loop(learner, lesson, plan, task(false), new TestRun(1)).train();
  }

  private Path checkpoint() {
    return folder.resolve("checkpoints/training.checkpoint");
  }

  @Test
  void learnsEachExampleOnceInAnEpochInAnotherOrderEachTime() {
    FakeLesson lesson = FakeLesson.measured();
    train(lesson, plain(4, 4));
    assertThat(learner.steps()).hasSize(4 * STEPS);
    List<List<Integer>> orders = new ArrayList<>();
    for (int epoch = 0; epoch < 4; epoch++) {
      List<Integer> order = new ArrayList<>();
      for (int step = 0; step < STEPS; step++) {
        FakeLearner.Step made = learner.steps().get(epoch * STEPS + step);
        Lesson.Origin origin = lesson.learned().get(epoch * STEPS + step);
        assertThat(made.examples()).hasSize(step == 2 ? 1 : BATCH);
        assertThat(origin.epoch()).isEqualTo(epoch);
        assertThat(origin.examples())
            .isEqualTo(made.examples().stream().mapToLong(Integer::longValue).toArray());
        assertThat(made.classes())
            .isEqualTo(made.examples().stream().map(example -> example % 2).toList());
        order.addAll(made.examples());
      }
      assertThat(order).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6);
      orders.add(order);
    }
    assertThat(orders).doesNotHaveDuplicates();
  }

  @Test
  void gradesTheValidationExamplesUnchangedAndCountsThemBehindTheOthers() {
    FakeLesson lesson = FakeLesson.measured();
    Checkpoint trained = train(lesson, plan(2, 2));
    assertThat(lesson.graded()).hasSize(2);
    assertThat(lesson.graded().get(1).examples()).containsExactly(7, 8, 9);
    assertThat(lesson.graded().get(1).epoch()).isEqualTo(1);
    // The mean pixel is that of 50, 51 and 52, and the second logit wins where it is larger.
    float weight = learner.weights().get("weight")[0];
    EpochFigures last = trained.history().get(1);
    assertThat(last.loss()).isCloseTo(Math.abs(1 - weight) + 0.51, within(1e-6));
    assertThat(last.values().get("validation_loss")).isEqualTo(last.loss());
    assertThat(last.values().get("validation_accuracy")).isEqualTo(weight < 0.5 ? 1.0 : 0.0);
  }

  @Test
  void eachBatchHasASizeOfItsOwnAndValidationKeepsTheSizeOfTheData() {
    int epochs = 40;
    FakeLesson lesson = FakeLesson.measured();
    TrainingPlan sized = plan(epochs, epochs);
    train(lesson, sized);
    List<Integer> sizes = sizes(learner);
    for (int size = 1; size <= 4; size++) {
      assertThat(Collections.frequency(sizes, size)).as("steps of size %d", size).isBetween(15, 45);
    }
    assertThat(sizes.subList(0, STEPS * 10)).isNotEqualTo(sizes.subList(STEPS * 10, STEPS * 20));
    assertThat(lesson.gradedShapes()).containsOnly(new ImageShape(1, 2, 2));

    // Another number of examples gives other orders, and the same sizes.
    FakeLearner fewer = new FakeLearner();
    TrainingTask task = task(false, 5, examples(TRAINING - 1, 0), examples(VALIDATION, 50));
    loop(fewer, FakeLesson.measured(), sized, task, new TestRun(1)).train();
    for (int epoch = 0; epoch < epochs; epoch++) {
      FakeLearner.Step step = fewer.steps().get(2 * epoch);
      int size = sizes.get(STEPS * epoch);
      assertThat(step.images().size() / step.classes().size()).isEqualTo(size * size);
    }
  }

  private static List<Integer> sizes(FakeLearner learner) {
    List<Integer> sizes = new ArrayList<>();
    for (FakeLearner.Step step : learner.steps()) {
      int pixels = step.images().size() / step.classes().size();
      int size = (int) Math.sqrt(pixels);
      assertThat(size * size).as("a square").isEqualTo(pixels);
      sizes.add(size);
    }
    return sizes;
  }

  @Test
  void imagesGrowForAShareOfTheTrainingAndThenKeepTheLargestSize() {
    BatchSizes growing = new BatchSizes(new SizeRange(2, 5), 0.5);
    train(
        FakeLesson.measured(),
        plan(8, 8, new Augmentation(0, false, 0, 0, 0, Optional.of(growing))));
    assertThat(sizes(learner).subList(0, 12)).containsExactly(2, 2, 2, 3, 3, 3, 4, 4, 4, 5, 5, 5);
    assertThat(sizes(learner).subList(12, 24)).containsOnly(5);
    SplittableRandom random = new SplittableRandom(1);
    BatchSizes throughout = new BatchSizes(new SizeRange(2, 5), 1);
    assertThat(throughout.at(0.999, random)).isEqualTo(5);
    assertThatThrownBy(() -> new BatchSizes(new SizeRange(2, 5), Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void noiseIsAddedAfterTheChangeOfSize() {
    Augmentation noisy =
        new Augmentation(
            0, false, 0, 0, 0.25, Optional.of(BatchSizes.random(new SizeRange(64, 64))));
    Minibatches batches = new Minibatches(examples(1, 50), true);
    Tensor images =
        batches
            .gather(
                new int[1],
                0,
                1,
                noisy,
                noisy.shape(batches.shape(), 0, new SplittableRandom(1)),
                example -> new SplittableRandom(2))
            .images();
    double squares = 0;
    for (float value : images.row(0)) {
      squares += (value - 0.5) * (value - 0.5);
    }
    assertThat(Math.sqrt(squares / (64 * 64))).isCloseTo(0.25, within(0.01));
  }

  @Test
  void theRateFollowsItsScheduleByStepsOrByEpochs() {
    train(FakeLesson.measured(), plain(3, 3));
    assertThat(learner.steps().stream().map(FakeLearner.Step::rate))
        .containsExactlyElementsOf(
            IntStream.range(0, 9).mapToObj(step -> 0.125 * (1 / (1 + 9.0 * step / 9))).toList());

    FakeLearner byEpochs = new FakeLearner();
    new TrainingLoop(
            byEpochs,
            FakeLesson.measured(),
            plain(3, 3),
            false,
            task(false),
            fingerprint(),
            new TestRun(1))
        .train();
    assertThat(byEpochs.steps().stream().map(FakeLearner.Step::rate))
        .containsExactlyElementsOf(
            IntStream.range(0, 9)
                .mapToObj(step -> 0.125 * (1 / (1 + 9.0 * (step / STEPS) / 3)))
                .toList());
  }

  @Test
  void resumedAfterAnyLookItMakesTheSameStepsAndFigures() {
    int epochs = 3;
    TestRun undisturbed = new TestRun(1);
    Checkpoint whole =
        loop(learner, FakeLesson.measured(), plan(epochs, epochs), task(false), undisturbed)
            .train();
    List<FakeLearner.Step> expected = learner.steps();
    long looks = undisturbed.looks();
    assertThat(looks).isEqualTo(epochs * (STEPS + 1));
    for (long look = 0; look < looks; look++) {
      deleteCheckpoint();
      TestRun cancelled = new TestRun(1);
      cancelled.cancelAfter(look);
      TrainingLoop begun =
          loop(
              new FakeLearner(),
              FakeLesson.measured(),
              plan(epochs, epochs),
              task(false),
              cancelled);
      assertThatThrownBy(begun::train).isInstanceOf(RunCancelledException.class);

      FakeLearner again = new FakeLearner();
      FakeLesson lesson = FakeLesson.measured();
      Checkpoint resumed =
          loop(again, lesson, plan(epochs, epochs), task(true), new TestRun(1)).train();
      int kept = (int) look / (STEPS + 1);
      assertThat(again.steps())
          .as("steps after look %d", look)
          .isEqualTo(kept == 0 ? expected : expected.subList(kept * STEPS, expected.size()));
      assertThat(resumed.history()).isEqualTo(whole.history());
      assertThat(resumed.state().steps()).isEqualTo(whole.state().steps());
      assertThat(resumed.state().arrays().get("speed"))
          .isEqualTo(whole.state().arrays().get("speed"));
      assertThat(resumed.best().get("weight")).isEqualTo(whole.best().get("weight"));
    }
  }

  private void deleteCheckpoint() {
    try {
      Files.deleteIfExists(checkpoint());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aFinishedTrainingIsResumedWithoutAStep() {
    Checkpoint whole = train(FakeLesson.measured(), plan(2, 2));
    FakeLearner again = new FakeLearner();
    Checkpoint resumed =
        loop(again, FakeLesson.measured(), plan(2, 2), task(true), new TestRun(1)).train();
    assertThat(again.steps()).isEmpty();
    assertThat(resumed.history()).isEqualTo(whole.history());
  }

  @Test
  void withoutResumeACheckpointIsNotLookedAt() {
    train(FakeLesson.measured(), plan(2, 2));
    FakeLearner again = new FakeLearner();
    loop(again, FakeLesson.measured(), plan(2, 2), task(false), new TestRun(1)).train();
    assertThat(again.steps()).isEqualTo(learner.steps());
  }

  @Test
  void stopsWhenItsPatienceEndsAndKeepsTheFirstOfTheBestEpochs() {
    Checkpoint trained = train(FakeLesson.graded(5, 4, 3, 3, 3.5, 1), plain(6, 2));
    assertThat(trained.epochs()).as("neither epoch 4 nor 5 is better than 3").isEqualTo(5);
    assertThat(trained.bestEpoch()).isEqualTo(2);
    // The weight was asked for before the first epoch and after each.
    assertThat(learner.shown()).hasSize(6).doesNotHaveDuplicates();
    assertThat(trained.best().get("weight")).containsExactly(learner.shown().get(3));
    assertThat(trained.state().arrays().get("weight")).containsExactly(learner.shown().get(5));
  }

  @Test
  void goesOnAsLongAsAnEpochIsBetterWithinItsPatience() {
    Checkpoint trained = train(FakeLesson.graded(5, 6, 4, 4.5, 3, 3), plain(6, 2));
    assertThat(trained.epochs()).isEqualTo(6);
    assertThat(trained.bestEpoch()).isEqualTo(4);
  }

  @Test
  void countsItsPatienceOnWhereItWasInterrupted() {
    TestRun cancelled = new TestRun(1);
    cancelled.cancelAfter(4 * (STEPS + 1));
    TrainingLoop begun =
        loop(learner, FakeLesson.graded(5, 4, 3, 3, 3.5, 1), plain(6, 2), task(false), cancelled);
    assertThatThrownBy(begun::train).isInstanceOf(RunCancelledException.class);
    FakeLearner again = new FakeLearner();
    Checkpoint resumed =
        loop(again, FakeLesson.graded(5, 4, 3, 3, 3.5, 1), plain(6, 2), task(true), new TestRun(1))
            .train();
    assertThat(resumed.epochs()).isEqualTo(5);
    assertThat(again.steps()).hasSize(STEPS);
    assertThat(resumed.best().get("weight")).containsExactly(learner.shown().get(3));
  }

  @Test
  void withoutValidationExamplesTheTrainingLossDecides() {
    TrainingTask task = task(false, 5, examples(TRAINING, 0), examples(0, 50));
    Checkpoint trained =
        loop(learner, FakeLesson.measured(), plain(3, 3), task, new TestRun(1)).train();
    assertThat(trained.history())
        .allSatisfy(
            figures ->
                assertThat(figures.values()).isEqualTo(Map.of("training_loss", figures.loss())));
    double least = trained.history().stream().mapToDouble(EpochFigures::loss).min().orElseThrow();
    assertThat(trained.history().get(trained.bestEpoch()).loss()).isEqualTo(least);
  }

  @Test
  void aTrainingWithoutExamplesIsRefusedAndLeavesNothing() {
    TrainingTask task = task(false, 5, examples(0, 0), examples(VALIDATION, 50));
    TrainingLoop loop = loop(learner, FakeLesson.measured(), plain(3, 3), task, new TestRun(1));
    assertThatThrownBy(loop::train)
        .isInstanceOf(BadInputException.class)
        .hasMessage("training 'small' has no example to learn from; give it images at data");
    assertThat(learner.steps()).isEmpty();
    assertThat(checkpoint()).doesNotExist();
  }

  @Test
  void aBatchThatIsLargerThanTheDataTakesAllExamples() {
    TrainingTask task = task(false, 5, examples(BATCH - 1, 0), examples(1, 50));
    Checkpoint trained =
        loop(learner, FakeLesson.measured(), plain(2, 2), task, new TestRun(1)).train();
    assertThat(learner.steps())
        .hasSize(2)
        .allSatisfy(step -> assertThat(step.examples()).containsExactlyInAnyOrder(0, 1));
    assertThat(trained.epochs()).isEqualTo(2);
  }

  @Test
  void aSingleExampleIsLearned() {
    TrainingTask task = task(false, 5, examples(1, 3), examples(1, 50));
    Checkpoint trained =
        loop(learner, FakeLesson.measured(), plan(2, 2), task, new TestRun(1)).train();
    assertThat(learner.steps()).hasSize(2);
    assertThat(trained.history()).allSatisfy(epoch -> assertThat(epoch.loss()).isFinite());
  }

  @Test
  void addsUpThePartsOfTheLossAndTellsEach() {
    Map<String, Double> parts = new LinkedHashMap<>();
    parts.put("clean", 0.5);
    parts.put("feature-matching", 0.25);
    Checkpoint trained = train(FakeLesson.graded(1).telling(parts), plain(1, 1));
    assertThat(trained.history().get(0).values())
        .containsEntry("training_loss", 0.75)
        .containsEntry("training_clean", 0.5)
        .containsEntry("training_feature_matching", 0.25);
  }

  @Test
  void aStepThatDivergesNamesEpochStepPartAndTheCheckpointThatIsKept() throws IOException {
    TestRun cancelled = new TestRun(1);
    cancelled.cancelAfter(2 * (STEPS + 1));
    TrainingLoop begun = loop(learner, FakeLesson.measured(), plan(4, 4), task(false), cancelled);
    assertThatThrownBy(begun::train).isInstanceOf(RunCancelledException.class);
    byte[] kept = Files.readAllBytes(checkpoint());

    FakeLearner diverging = new FakeLearner().divergingAt(2 * STEPS + 1);
    TrainingLoop loop =
        loop(diverging, FakeLesson.measured(), plan(4, 4), task(false), new TestRun(1));
    assertThatThrownBy(loop::train)
        .isInstanceOf(RefusedChoiceException.class)
        .hasFieldOrPropertyWithValue("key", "with.rate")
        .hasMessageStartingWith("train.with.rate: training 'small' diverged in epoch 3 ")
        .hasMessageContaining("(step 2: the loss part 'distance' is NaN) at a rate of 0.125")
        .hasMessageContaining("lower the rate")
        .hasMessageContaining(
            "the checkpoint after epoch 2 is kept in " + folder.resolve("checkpoints"));
    assertThat(Files.readAllBytes(checkpoint())).isEqualTo(kept);
  }

  @Test
  void divergenceInTheFirstEpochPromisesNoCheckpoint() {
    learner.divergingAt(0);
    assertThatThrownBy(() -> train(FakeLesson.measured(), plan(4, 4)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("diverged in epoch 1 (step 1: ")
        .hasMessageNotContaining("checkpoint");
    assertThat(checkpoint()).doesNotExist();
  }

  @Test
  void aValidationLossThatIsNoNumberIsDivergenceAndNotKept() {
    assertThatThrownBy(() -> train(FakeLesson.graded(2, Double.NaN, 1), plan(3, 3)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("diverged in epoch 2 (loss NaN)")
        .hasMessageContaining("the checkpoint after epoch 1 is kept");
    Checkpoint kept =
        loop(
                new FakeLearner(),
                FakeLesson.graded(2, 1.5, 1),
                plan(3, 3),
                task(true),
                new TestRun(1))
            .train();
    assertThat(kept.history().stream().map(EpochFigures::loss)).containsExactly(2.0, 1.5, 1.0);
  }

  @Test
  void namesWhatDiffersFromTheTrainingOfTheCheckpoint() throws IOException {
    train(FakeLesson.measured(), plan(2, 2));
    byte[] kept = Files.readAllBytes(checkpoint());
    Examples training = examples(TRAINING, 0);
    Examples validation = examples(VALIDATION, 50);
    assertRefused("parameters of the trainer", plan(3, 2), task(true));
    assertRefused("parameters of the trainer", plain(2, 2), task(true));
    FakeLesson attacking = FakeLesson.measured().attacking("pgd");
    assertRefused("attack", loop(learner, attacking, plan(2, 2), task(true), new TestRun(1)));
    assertRefused("seed", plan(2, 2), task(true, 6, training, validation));
    assertRefused(
        "training examples", plan(2, 2), task(true, 5, examples(TRAINING, 1), validation));
    assertRefused(
        "validation examples", plan(2, 2), task(true, 5, training, examples(VALIDATION, 51)));
    for (String name : List.of("engine", "shards", "network")) {
      TrainingLoop loop =
          new TrainingLoop(
              learner,
              FakeLesson.measured(),
              plan(2, 2),
              true,
              task(true),
              fingerprint().add(name, "another"),
              new TestRun(1));
      assertRefused(name, loop);
    }
    assertThat(Files.readAllBytes(checkpoint())).isEqualTo(kept);
  }

  @Test
  void aSingleNumberOfTheExamplesMakesThemOthers() {
    train(FakeLesson.measured(), plan(2, 2));
    Examples relabelled = examples(TRAINING, 0);
    relabelled.targets().set(6, 0, 1);
    assertRefused(
        "training examples", plan(2, 2), task(true, 5, relabelled, examples(VALIDATION, 50)));
    Examples repainted = examples(TRAINING, 0);
    repainted.inputs().set(6, 3, Math.nextUp(repainted.inputs().get(6, 3)));
    assertRefused(
        "training examples", plan(2, 2), task(true, 5, repainted, examples(VALIDATION, 50)));
  }

  private void assertRefused(String name, TrainingPlan plan, TrainingTask task) {
    assertRefused(name, loop(learner, FakeLesson.measured(), plan, task, new TestRun(1)));
  }

  private static void assertRefused(String name, TrainingLoop loop) {
    assertThatThrownBy(loop::train)
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("another training, which differs in: " + name + "; delete it");
  }
}
