package io.hone.onnxruntime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.BadInputException;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.Loss;
import io.hone.api.run.RunCancelledException;
import io.hone.api.train.Examples;
import io.hone.api.train.TrainedModel;
import io.hone.api.train.TrainingTask;
import io.hone.learning.engine.Companion;
import io.hone.learning.engine.Learner;
import io.hone.learning.engine.LearningBatch;
import io.hone.learning.engine.Objective;
import io.hone.learning.engine.Subject;
import io.hone.learning.engine.Targets;
import io.hone.learning.loop.Augmentation;
import io.hone.learning.loop.Lesson;
import io.hone.learning.loop.Schedule;
import io.hone.learning.loop.TrainingPlan;
import io.hone.learning.loop.TrainingSession;
import io.hone.learning.network.Weights;
import io.hone.network.Network;
import io.hone.onnx.training.update.Adam;
import io.hone.onnx.training.update.UpdateRules;
import io.hone.testkit.TestArchitectures;
import io.hone.testkit.TestRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A generator learns from a discriminator, which learns to tell its images from others. */
class NetworksInTurnsTest {
  private static final ImageShape SHAPE = new ImageShape(1, 16, 16);
  private static final int EXAMPLES = 24;
  private static final UpdateRules ADAM = UpdateRules.of(Adam.usual());
  private static final TrainingPlan PLAN =
      new TrainingPlan(3, 8, 0.002, Schedule.CONSTANT, ADAM, 9, Augmentation.NONE);

  @TempDir private Path folder;

  private static Subject subject(Network network) {
    return new Subject.Layers(network, Weights.start(network, TrainingSession.start(4)));
  }

  /** Real images have class 1, made images class 0. */
  private static final class Duel implements Lesson {
    private final List<Double> told = new ArrayList<>();
    private Learner discriminator;

    @Override
    public Objective objective() {
      return new Objective.GivenGradient();
    }

    @Override
    public boolean classifies() {
      return false;
    }

    @Override
    public List<Companion> companions() {
      return List.of(
          new Companion(
              "discriminator",
              subject(TestArchitectures.classifier("lenet5").network(SHAPE, 2)),
              Objective.CrossEntropy.plain(),
              UpdateRules.of(Adam.usual())));
    }

    @Override
    public void meet(Map<String, Learner> companions) {
      discriminator = companions.get("discriminator");
    }

    @Override
    public Map<String, Double> step(
        Learner learner, LearningBatch batch, Origin origin, double rate) {
      Tensor made = learner.output(batch);
      int rows = made.rows();
      Tensor both = Tensor.images(2 * rows, SHAPE);
      both.copyRows(0, batch.images(), 0, rows);
      both.copyRows(rows, made, 0, rows);
      int[] real = new int[2 * rows];
      Arrays.fill(real, 0, rows, 1);
      Map<String, Double> told =
          discriminator.step(new LearningBatch(both, new Targets.Classes(real), Map.of()), rate);
      int[] wanted = new int[rows];
      Arrays.fill(wanted, 1);
      Tensor gradient =
          discriminator
              .classifier()
              .lossGradient(new ImageBatch(made, new long[rows]), Loss.crossEntropy(true), wanted)
              .gradient();
      learner.step(batch.withTargets(new Targets.Values(gradient)), rate);
      this.told.addAll(told.values());
      return Map.of("discriminator", told.values().iterator().next());
    }

    @Override
    public Grade grade(Learner learner, LearningBatch batch, Origin origin) {
      return new Grade(0, Map.of());
    }

    @Override
    public Map<String, Object> identity() {
      return Map.of("loss", "duel");
    }
  }

  private TrainingTask task(String part, boolean resume) throws IOException {
    SplittableRandom random = new SplittableRandom(2);
    Tensor images = Tensor.images(EXAMPLES, SHAPE);
    for (int row = 0; row < EXAMPLES; row++) {
      for (int feature = 0; feature < SHAPE.features(); feature++) {
        images.set(row, feature, random.nextInt(2));
      }
    }
    Examples examples = new Examples(images, images);
    return new TrainingTask(
        "duel",
        4,
        examples,
        new Examples(images.rows(0, 4), images.rows(0, 4)),
        0,
        Optional.empty(),
        TrainerSamples.inShards(2),
        2,
        Files.createDirectories(folder.resolve(part + "/checkpoints")),
        resume,
        Files.createDirectories(folder.resolve(part + "/model")));
  }

  private static TrainedModel train(TrainingTask task, Duel duel, TestRun run) {
    return new TrainingSession(
            subject(TestArchitectures.imageToImage("transformation").network(SHAPE)),
            duel,
            PLAN,
            false)
        .train(task, Map.of(), run);
  }

  @Test
  void bothLearnAndOneCheckpointHoldsThem() throws IOException {
    TestRun undisturbed = new TestRun(4);
    Duel whole = new Duel();
    TrainedModel expected = train(task("whole", false), whole, undisturbed);
    double first = whole.told.get(0);
    double last = whole.told.get(whole.told.size() - 1);
    assertThat(last).as("the discriminator's loss").isLessThan(first);
    TestRun cancelled = new TestRun(4);
    cancelled.cancelAfter(undisturbed.looks() * 2 / 3);
    assertThatThrownBy(() -> train(task("parts", false), new Duel(), cancelled))
        .isInstanceOf(RunCancelledException.class);
    Duel resumed = new Duel();
    TrainedModel model = train(task("parts", true), resumed, new TestRun(4));
    assertThat(model.card().sha256()).isEqualTo(expected.card().sha256());
    int count = resumed.told.size();
    assertThat(count).isPositive().isLessThan(whole.told.size());
    assertThat(resumed.told)
        .isEqualTo(whole.told.subList(whole.told.size() - count, whole.told.size()));
  }

  @Test
  void anotherDiscriminatorIsAnotherTraining() throws IOException {
    train(task("kept", false), new Duel(), new TestRun(4));
    Lesson alone =
        new Lesson() {
          private final Duel duel = new Duel();

          @Override
          public Objective objective() {
            return duel.objective();
          }

          @Override
          public boolean classifies() {
            return duel.classifies();
          }

          @Override
          public Map<String, Double> step(
              Learner learner, LearningBatch batch, Origin origin, double rate) {
            return Map.of();
          }

          @Override
          public Grade grade(Learner learner, LearningBatch batch, Origin origin) {
            return duel.grade(learner, batch, origin);
          }

          @Override
          public Map<String, Object> identity() {
            return duel.identity();
          }
        };
    TrainingSession session =
        new TrainingSession(
            subject(TestArchitectures.imageToImage("transformation").network(SHAPE)),
            alone,
            PLAN,
            false);
    assertThatThrownBy(() -> session.train(task("kept", true), Map.of(), new TestRun(4)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("differs in: network;");
  }
}
