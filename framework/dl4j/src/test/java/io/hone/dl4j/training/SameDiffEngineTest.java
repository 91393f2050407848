package io.hone.dl4j.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.data.ImageShape;
import io.hone.api.model.ModelCard;
import io.hone.api.model.Task;
import io.hone.api.train.RefusedChoiceException;
import io.hone.api.train.StartingModel;
import io.hone.api.train.TrainingChoices;
import io.hone.learning.engine.Engines;
import io.hone.learning.engine.LearningRequest;
import io.hone.learning.engine.Objective;
import io.hone.learning.engine.SizeRange;
import io.hone.learning.engine.Subject;
import io.hone.learning.loop.Schedule;
import io.hone.learning.network.Weights;
import io.hone.learning.trainer.AdversarialTrainer;
import io.hone.learning.trainer.AdversarialTransformationNetworkTrainer;
import io.hone.learning.trainer.ClassifierParameters;
import io.hone.learning.trainer.ImageDistance;
import io.hone.learning.trainer.PredictionDistance;
import io.hone.learning.trainer.TrainingParameters;
import io.hone.network.Network;
import io.hone.onnx.training.update.Adam;
import io.hone.onnx.training.update.GradientDescent;
import io.hone.onnx.training.update.UpdateRules;
import io.hone.testkit.TestArchitectures;
import io.hone.testkit.TestRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SameDiffEngineTest {
  private static final ImageShape SHAPE = new ImageShape(1, 16, 16);
  private static final UpdateRules ADAMW = UpdateRules.of(Adam.usualDecoupled());

  private final SameDiffEngine engine = new SameDiffEngine();

  private static LearningRequest request(UpdateRules rules) {
    return request(lenet(), Objective.CrossEntropy.plain(), rules, OptionalInt.empty());
  }

  private static LearningRequest request(
      Subject subject, Objective objective, UpdateRules rules, OptionalInt shards) {
    return new LearningRequest(subject, objective, rules, shards, 2, 8, false);
  }

  private static LearningRequest sized(
      Subject subject, Objective objective, UpdateRules rules, SizeRange sizes) {
    return new LearningRequest(
        subject,
        objective,
        rules,
        Optional.empty(),
        OptionalInt.empty(),
        2,
        8,
        false,
        Optional.of(sizes));
  }

  private static LearningRequest onDevice(String device) {
    return new LearningRequest(
        lenet(),
        Objective.CrossEntropy.plain(),
        ADAMW,
        Optional.of(device),
        OptionalInt.empty(),
        2,
        8,
        false,
        Optional.empty());
  }

  private static Subject lenet() {
    Network network = TestArchitectures.classifier("lenet5").network(SHAPE, 3);
    return new Subject.Layers(network, Weights.start(network, new SplittableRandom(1)));
  }

  private static Subject file() {
    ModelCard card =
        new ModelCard(
            "theirs",
            Path.of("theirs.onnx"),
            "0".repeat(64),
            Task.CLASSIFIER,
            new ModelCard.Input(
                Optional.empty(),
                ModelCard.Layout.NCHW,
                1,
                Optional.of(16),
                Optional.of(16),
                ModelCard.Range.UNIT,
                List.of(),
                List.of()),
            new ModelCard.Output(Optional.empty(), ModelCard.OutputKind.LOGITS, 3, List.of()),
            Map.of());
    return new Subject.File(
        new StartingModel(card, StartingModel.Weights.KEPT, List.of()), SHAPE, true, 1);
  }

  @Test
  void isFoundByItsName() {
    assertThat(Engines.find(Optional.of("dl4j"))).isInstanceOf(SameDiffEngine.class);
  }

  @Test
  void takesEveryObjectiveAndWholeBatches() {
    for (Objective objective :
        List.of(
            Objective.CrossEntropy.plain(),
            new Objective.MeanSquaredError(),
            new Objective.BinaryCrossEntropy(true),
            new Objective.GivenGradient())) {
      assertThatCode(() -> engine.check(request(lenet(), objective, ADAMW, OptionalInt.of(1))))
          .doesNotThrowAnyException();
    }
    assertThatCode(() -> engine.check(request(ADAMW.decaying(0.01f)))).doesNotThrowAnyException();
    assertThatCode(() -> engine.check(request(UpdateRules.of(Adam.usual()))))
        .as("Adam without weight decay, which is AdamW without it")
        .doesNotThrowAnyException();
  }

  static Stream<Arguments> whatItCannotDo() {
    Objective plain = Objective.CrossEntropy.plain();
    OptionalInt usual = OptionalInt.empty();
    return Stream.of(
        Arguments.of(
            "model",
            "the engine dl4j trains new networks alone",
            request(file(), plain, ADAMW, usual)),
        Arguments.of(
            "shards",
            "the engine dl4j computes a batch as a whole",
            request(lenet(), plain, ADAMW, OptionalInt.of(2))),
        Arguments.of(
            "with.optimizer",
            "the engine dl4j has Adam with decoupled weight decay alone",
            request(UpdateRules.of(new GradientDescent(0.9f, false)))),
        Arguments.of(
            "with.optimizer",
            "the engine dl4j has Adam with decoupled weight decay alone",
            request(UpdateRules.of(Adam.usual()).decaying(0.01f))),
        Arguments.of("with.clip", "the engine dl4j clips no gradients", request(ADAMW.clipped(1))),
        Arguments.of(
            "with.sizes",
            "the engine dl4j trains on images of one size",
            sized(lenet(), plain, ADAMW, new SizeRange(16, 20))),
        Arguments.of("device", "the engine dl4j computes on the processor alone", onDevice("cuda")),
        Arguments.of(
            "with.smoothing",
            "the engine dl4j smooths no labels",
            request(lenet(), new Objective.CrossEntropy(0.1), ADAMW, usual)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("whatItCannotDo")
  void refusesWhatItCannotDoByNameAndTellsTheNextStep(
      String key, String message, LearningRequest request) {
    assertThatThrownBy(() -> engine.check(request))
        .isInstanceOf(RefusedChoiceException.class)
        .hasFieldOrPropertyWithValue("key", key)
        .hasMessageStartingWith("train." + key + ": " + message)
        .hasMessageEndingWith("; remove it, or write engine: onnxruntime");
    assertThatThrownBy(() -> engine.open(request, new TestRun(1)))
        .isInstanceOf(RefusedChoiceException.class)
        .hasMessageStartingWith("train." + key + ": " + message);
  }

  /** A generator's classifier is not there yet when its parameters are checked. */
  @Test
  void generatorsAreRefusedBeforeAnExampleIsMade() {
    TrainingParameters descent =
        new TrainingParameters(
            1, 8, 0.01, Schedule.CONSTANT, TrainingParameters.Rule.SGD, 0.9, 0, 1, false);
    AdversarialTransformationNetworkTrainer.Params parameters =
        new AdversarialTransformationNetworkTrainer.Params(
            TestArchitectures.imageToImage("transformation"),
            0.5,
            ImageDistance.L2,
            PredictionDistance.CROSS_ENTROPY,
            AdversarialTransformationNetworkTrainer.Expected.ONE_HOT,
            1.5,
            descent);
    TrainingChoices choices = SameDiffTraining.choices();
    assertThatThrownBy(
            () ->
                new AdversarialTransformationNetworkTrainer()
                    .prepare(parameters, choices, SHAPE, 0))
        .isInstanceOf(RefusedChoiceException.class)
        .hasFieldOrPropertyWithValue("key", "with.optimizer");
  }

  @Test
  void adversarialTrainingIsRefusedBeforeAnExampleIsMade() {
    TrainingParameters training =
        new TrainingParameters(
            1, 8, 0.01, Schedule.CONSTANT, TrainingParameters.Rule.ADAMW, 0.9, 0, 1, false);
    AdversarialTrainer.Params parameters =
        new AdversarialTrainer.Params(
            ClassifierParameters.of(TestArchitectures.classifier("lenet5")),
            AdversarialTrainer.Loss.CROSS_ENTROPY,
            6,
            0,
            0,
            training);
    assertThatThrownBy(
            () ->
                new AdversarialTrainer().prepare(parameters, SameDiffTraining.choices(), SHAPE, 10))
        .isInstanceOf(RefusedChoiceException.class)
        .hasFieldOrPropertyWithValue("key", "engine")
        .hasMessageContaining("the engine dl4j attacks no network while it learns");
  }
}
