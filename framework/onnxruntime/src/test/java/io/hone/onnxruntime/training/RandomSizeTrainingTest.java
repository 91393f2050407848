package io.hone.onnxruntime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import io.hone.api.BadInputException;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.DifferentiableClassifier;
import io.hone.api.model.Loss;
import io.hone.api.model.LossGradient;
import io.hone.api.model.ModelCard;
import io.hone.api.model.Task;
import io.hone.api.run.RunCancelledException;
import io.hone.api.train.BatchTransform;
import io.hone.api.train.Examples;
import io.hone.api.train.RefusedChoiceException;
import io.hone.api.train.StartingModel;
import io.hone.api.train.TrainedModel;
import io.hone.api.train.TrainingChoices;
import io.hone.api.train.TrainingTask;
import io.hone.learning.engine.Learner;
import io.hone.learning.engine.LearnerState;
import io.hone.learning.engine.LearningBatch;
import io.hone.learning.engine.LearningRequest;
import io.hone.learning.engine.MaskPort;
import io.hone.learning.engine.Objective;
import io.hone.learning.engine.SizeRange;
import io.hone.learning.engine.Subject;
import io.hone.learning.engine.Targets;
import io.hone.learning.loop.TrainingSession;
import io.hone.learning.network.Weights;
import io.hone.learning.trainer.AugmentationParameters;
import io.hone.learning.trainer.ClassifierParameters;
import io.hone.learning.trainer.ClassifierTrainer;
import io.hone.learning.trainer.SizeParameters;
import io.hone.learning.trainer.Statistics;
import io.hone.network.Activation;
import io.hone.network.ClassifierUse;
import io.hone.network.GlobalPooling;
import io.hone.network.Joint;
import io.hone.network.Layer;
import io.hone.network.Network;
import io.hone.network.Padding;
import io.hone.network.Value;
import io.hone.onnx.support.Networks;
import io.hone.onnx.training.update.GradientDescent;
import io.hone.onnx.training.update.UpdateRules;
import io.hone.onnxruntime.OnnxRuntimeBackend;
import io.hone.onnxruntime.card.OnnxFile;
import io.hone.testkit.TestArchitectures;
import io.hone.testkit.TestRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trains a network on batches of many sizes. */
class RandomSizeTrainingTest {
  private static final ImageShape OWN = new ImageShape(3, 8, 8);
  private static final SizeRange SIZES = new SizeRange(7, 10);
  private static final int EXAMPLES = 6;
  private static final int CLASSES = 3;
  private static final UpdateRules RULES = UpdateRules.of(new GradientDescent(0.9f, false));

  @TempDir private Path folder;

  /** Pads of windows that step by 2 differ between even and odd sizes. */
  private static final UnaryOperator<Value> POOLED =
      image -> {
        Value stem =
            image
                .then(convolution(8, 3, 1))
                .then(new Layer.BatchNormalization(1e-3f))
                .then(new Layer.Dropout(0.2));
        return stem.then(convolution(16, 3, 2))
            .then(new Joint.Add(), stem.then(convolution(16, 1, 2)))
            .then(new Layer.BatchNormalization(1e-3f))
            .then(GlobalPooling.average())
            .then(new Layer.Dense(CLASSES, Activation.NONE));
      };

  private static Layer convolution(int filters, int kernel, int stride) {
    return new Layer.Convolution(filters, kernel, stride, Padding.SAME, Activation.RELU);
  }

  private static Subject.Layers layers(ImageShape shape) {
    Network network = Network.of(shape, POOLED);
    return new Subject.Layers(network, Weights.start(network, TrainingSession.start(8)));
  }

  private static LearningRequest request(Subject subject, Optional<SizeRange> sizes, int threads) {
    return new LearningRequest(
        subject,
        Objective.CrossEntropy.plain(),
        RULES,
        Optional.empty(),
        OptionalInt.of(2),
        threads,
        EXAMPLES,
        false,
        sizes);
  }

  private static Learner open(Subject subject, Optional<SizeRange> sizes, int threads) {
    return new OnnxRuntimeEngine().open(request(subject, sizes, threads), new TestRun(1));
  }

  private static Learner sized(int threads) {
    return open(layers(OWN), Optional.of(SIZES), threads);
  }

  private static Tensor images(int count, ImageShape shape) {
    SplittableRandom random = new SplittableRandom(shape.features());
    Tensor images = Tensor.images(count, shape);
    for (int row = 0; row < count; row++) {
      for (int feature = 0; feature < shape.features(); feature++) {
        images.set(row, feature, (float) random.nextDouble());
      }
    }
    return images;
  }

  private static int[] classes(int count) {
    int[] classes = new int[count];
    for (int row = 0; row < count; row++) {
      classes[row] = row % CLASSES;
    }
    return classes;
  }

  /** Returns a batch with a mask that leaves out every third value. */
  private static LearningBatch batch(Learner learner, int size) {
    ImageShape shape = SizeRange.square(OWN.channels(), size);
    MaskPort port = learner.masks(shape).get(0);
    assertThat(port.shape()).containsExactly(8, size, size);
    Tensor mask = Tensor.images(EXAMPLES, new ImageShape(8, size, size));
    for (int row = 0; row < EXAMPLES; row++) {
      for (int feature = 0; feature < mask.rowSize(); feature++) {
        mask.set(row, feature, (row + feature) % 3 == 0 ? 0 : 1.25f);
      }
    }
    return new LearningBatch(
        images(EXAMPLES, shape), new Targets.Classes(classes(EXAMPLES)), Map.of(port.name(), mask));
  }

  private static void assertClose(Map<String, float[]> found, Map<String, float[]> expected) {
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (name, numbers) ->
            assertThat(found.get(name)).as(name).containsExactly(numbers, within(1e-5f)));
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 8, 9, 10})
  void aStepAtASizeIsThatOfANetworkForImagesOfTheSize(int size) {
    try (Learner many = sized(2);
        Learner alone = open(layers(SizeRange.square(3, size)), Optional.empty(), 2)) {
      Map<String, float[]> before = alone.weights();
      Map<String, Double> losses = many.step(batch(many, size), 0.5);
      assertThat(losses.get("cross-entropy"))
          .isCloseTo(alone.step(batch(alone, size), 0.5).get("cross-entropy"), within(1e-5));
      assertClose(many.weights(), alone.weights());
      assertThat(alone.weights().get("conv1.kernel")).isNotEqualTo(before.get("conv1.kernel"));
    }
  }

  @Test
  void allSizesWorkOnTheSameWeightsAndState() {
    try (Learner many = sized(2)) {
      Map<String, float[]> expected = many.weights();
      LearnerState state = many.state();
      for (int size : new int[] {9, 7, 10, 8, 9}) {
        // Momentum and running statistics of the step before travel in the state.
        try (Learner alone = open(layers(SizeRange.square(3, size)), Optional.empty(), 1)) {
          alone.restore(state);
          alone.step(batch(alone, size), 0.1);
          expected = alone.weights();
          state = alone.state();
        }
        many.step(batch(many, size), 0.1);
        assertClose(many.weights(), expected);
        assertClose(many.state().arrays(), state.arrays());
      }
    }
  }

  @Test
  void weightsDependNeitherOnThreadsNorOnARestart() {
    try (Learner whole = sized(2);
        Learner first = sized(1);
        Learner second = sized(2)) {
      int[] sizes = {10, 7, 7, 9};
      for (int size : sizes) {
        whole.step(batch(whole, size), 0.1);
      }
      first.step(batch(first, sizes[0]), 0.1);
      first.step(batch(first, sizes[1]), 0.1);
      second.restore(first.state());
      second.step(batch(second, sizes[2]), 0.1);
      second.step(batch(second, sizes[3]), 0.1);
      assertThat(second.model("sized")).isEqualTo(whole.model("sized"));
    }
  }

  @Test
  void theWrittenFileRunsAndIsDifferentiableAtEverySize() throws IOException {
    Path file = folder.resolve("sized.onnx");
    Tensor own = images(4, OWN);
    Tensor expected;
    try (Learner many = sized(2)) {
      many.step(batch(many, 9), 0.5);
      Files.write(file, many.model("sized"));
      expected = many.infer(own);
    }
    ModelCard card = card(file, Optional.empty(), CLASSES);
    OnnxRuntimeBackend backend = new OnnxRuntimeBackend();
    try (DifferentiableClassifier classifier =
        (DifferentiableClassifier)
            backend.openClassifier(OnnxRuntimeBackend.Params.CPU, card, new TestRun(1))) {
      Tensor logits = classifier.logits(new ImageBatch(own, new long[4]));
      for (int row = 0; row < 4; row++) {
        assertThat(logits.row(row)).containsExactly(expected.row(row), within(1e-5f));
      }
      for (int size : new int[] {7, 8, 13}) {
        ImageShape shape = SizeRange.square(3, size);
        assertThat(classifier.accepts(shape)).isTrue();
        ImageBatch images = new ImageBatch(images(4, shape), new long[4]);
        assertGradient(classifier, images);
      }
    }
  }

  /** Along its own gradient a loss rises as fast as the gradient is long. */
  private static void assertGradient(DifferentiableClassifier classifier, ImageBatch images) {
    Loss loss = Loss.crossEntropy(false);
    LossGradient found = classifier.lossGradient(images, loss, classes(4));
    float step = 1e-2f;
    Tensor ahead = images.pixels().copy();
    Tensor behind = images.pixels().copy();
    double norm = 0;
    for (float slope : found.gradient().row(0)) {
      norm += (double) slope * slope;
    }
    norm = Math.sqrt(norm);
    assertThat(norm).isGreaterThan(1e-3);
    for (int feature = 0; feature < ahead.rowSize(); feature++) {
      float move = (float) (step * found.gradient().get(0, feature) / norm);
      ahead.set(0, feature, ahead.get(0, feature) + move);
      behind.set(0, feature, behind.get(0, feature) - move);
    }
    double up = classifier.lossGradient(images.with(ahead), loss, classes(4)).losses()[0];
    double down = classifier.lossGradient(images.with(behind), loss, classes(4)).losses()[0];
    assertThat((up - down) / (2 * step)).isCloseTo(norm, within(0.05 * norm));
  }

  private static ModelCard card(Path file, Optional<Integer> size, int classes) {
    return new ModelCard(
        "sized",
        file,
        OnnxFile.read(file).sha256(),
        Task.CLASSIFIER,
        new ModelCard.Input(
            Optional.empty(),
            ModelCard.Layout.NCHW,
            3,
            size,
            size,
            ModelCard.Range.UNIT,
            List.of(),
            List.of()),
        new ModelCard.Output(Optional.empty(), ModelCard.OutputKind.LOGITS, classes, List.of()),
        Map.of());
  }

  private Subject file(OnnxModelBytes model, Optional<Integer> size) throws IOException {
    Path file = folder.resolve("theirs.onnx");
    Files.write(file, model.bytes());
    return new Subject.File(
        new StartingModel(card(file, size, model.classes()), StartingModel.Weights.KEPT, List.of()),
        OWN,
        true,
        3);
  }

  private record OnnxModelBytes(byte[] bytes, int classes) {
    /** Returns a model whose height and width are open. */
    OnnxModelBytes free() throws IOException {
      ModelProto.Builder model = ModelProto.parseFrom(bytes).toBuilder();
      TensorShapeProto.Builder shape =
          model
              .getGraphBuilder()
              .getInputBuilder(0)
              .getTypeBuilder()
              .getTensorTypeBuilder()
              .getShapeBuilder();
      shape.getDimBuilder(2).setDimParam("h");
      shape.getDimBuilder(3).setDimParam("w");
      return new OnnxModelBytes(model.build().toByteArray(), classes);
    }
  }

  private static OnnxModelBytes residual() {
    return new OnnxModelBytes(Networks.residual().toBytes(), 5);
  }

  @Test
  void aFileWithAFreeHeightAndWidthLearnsFromEverySize() throws IOException {
    byte[] original = residual().free().bytes();
    try (Learner learner = open(file(residual().free(), Optional.empty()), Optional.of(SIZES), 2)) {
      double first = learner.measure(plain(8)).loss();
      for (int step = 0; step < 24; step++) {
        learner.step(plain(7 + step % 4), 0.05);
      }
      assertThat(learner.measure(plain(8)).loss()).isLessThan(first);
      ModelProto trained = ModelProto.parseFrom(learner.model("ours"));
      assertThat(trained.getGraph().getInputList())
          .isEqualTo(ModelProto.parseFrom(original).getGraph().getInputList());
      assertThat(trained.getGraph().getNodeList())
          .isEqualTo(ModelProto.parseFrom(original).getGraph().getNodeList());
    }
  }

  private static LearningBatch plain(int size) {
    return new LearningBatch(
        images(EXAMPLES, SizeRange.square(3, size)),
        new Targets.Classes(classes(EXAMPLES)),
        Map.of());
  }

  @Test
  void aFileOfOneSizeIsRefusedBeforehand() throws IOException {
    Subject fixed = file(residual(), Optional.of(8));
    LearningRequest request = request(fixed, Optional.of(SIZES), 1);
    OnnxRuntimeEngine engine = new OnnxRuntimeEngine();
    assertThatThrownBy(() -> engine.check(request))
        .isInstanceOf(RefusedChoiceException.class)
        .hasFieldOrPropertyWithValue("key", "with.sizes")
        .hasMessageContaining("theirs.onnx takes images of 3x8x8 alone")
        .hasMessageEndingWith("export it with a height and width of any size, or remove sizes");
    assertThatThrownBy(() -> engine.open(request, new TestRun(1)))
        .isInstanceOf(RefusedChoiceException.class)
        .hasFieldOrPropertyWithValue("key", "with.sizes");
    Subject free = file(residual().free(), Optional.empty());
    assertThatCode(() -> engine.check(request(free, Optional.of(SIZES), 1)))
        .doesNotThrowAnyException();
  }

  @Test
  void aFileWhoseLayersTakeOneSizeIsRefusedBeforeTheFirstStep() throws IOException {
    byte[] lenet = Networks.lenet("MaxPool").toBytes();
    Path file = folder.resolve("lenet.onnx");
    Files.write(file, new OnnxModelBytes(lenet, 10).free().bytes());
    ModelCard card = grey(file);
    Subject subject =
        new Subject.File(
            new StartingModel(card, StartingModel.Weights.KEPT, List.of()),
            new ImageShape(1, 12, 12),
            true,
            3);
    LearningRequest request = request(subject, Optional.of(new SizeRange(12, 16)), 1);
    assertThatThrownBy(() -> new OnnxRuntimeEngine().open(request, new TestRun(1)))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith("train.with.sizes: ")
        .hasMessageContaining("lenet.onnx does not take images of 1x16x16: ")
        .hasMessageContaining("pools all pixels");
  }

  private static ModelCard grey(Path file) {
    ModelCard colour = card(file, Optional.empty(), 10);
    return new ModelCard(
        colour.name(),
        colour.file(),
        colour.sha256(),
        colour.task(),
        new ModelCard.Input(
            Optional.empty(),
            ModelCard.Layout.NCHW,
            1,
            Optional.empty(),
            Optional.empty(),
            ModelCard.Range.UNIT,
            List.of(),
            List.of()),
        colour.output(),
        Map.of());
  }

  @Test
  void memoryIsThatOfTheLargestImages() {
    assertThatThrownBy(
            () ->
                new OnnxRuntimeEngine()
                    .open(
                        new LearningRequest(
                            layers(OWN),
                            Objective.CrossEntropy.plain(),
                            RULES,
                            Optional.empty(),
                            OptionalInt.of(1),
                            1,
                            Integer.MAX_VALUE,
                            false,
                            Optional.of(SIZES)),
                        new TestRun(1)))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith("train.with.batch: ")
        .hasMessageContaining("where its images have the largest size, 10 x 10")
        .hasMessageEndingWith("take smaller batches or smaller images");
  }

  private static ClassifierTrainer.Params parameters(ClassifierUse architecture, Integer... sizes) {
    return new ClassifierTrainer.Params(
        new ClassifierParameters(
            architecture, 0.01, 0, Statistics.BATCH, new AugmentationParameters(1, true, 0, 0)),
        0.01,
        new SizeParameters(List.of(sizes), 0),
        TrainerSamples.training());
  }

  private TrainingTask task(String part, boolean resume, int threads) throws IOException {
    Tensor classes = Tensor.zeros(12, 1);
    for (int row = 0; row < 12; row++) {
      classes.set(row, 0, row % CLASSES);
    }
    Examples examples = new Examples(images(12, OWN), classes);
    Examples validation = new Examples(images(3, OWN), classes.rows(0, 3));
    return new TrainingTask(
        "sized",
        4,
        examples,
        validation,
        CLASSES,
        Optional.empty(),
        TrainerSamples.inShards(2),
        threads,
        Files.createDirectories(folder.resolve(part + "/checkpoints")),
        resume,
        Files.createDirectories(folder.resolve(part + "/model")));
  }

  @Test
  void aTrainingGivesTheSameBytesOnAnyThreadsAndAfterAnInterruption() throws IOException {
    ClassifierTrainer trainer = new ClassifierTrainer();
    ClassifierTrainer.Params parameters =
        parameters(TestArchitectures.classifier("resnet20"), 8, 9);
    TestRun undisturbed = new TestRun(4);
    TrainedModel whole =
        trainer.train(parameters, task("one", false, 1), BatchTransform.none(), undisturbed);
    assertThat(whole.card().input().sizes()).isEqualTo("3xanyxany");
    TestRun cancelled = new TestRun(4);
    cancelled.cancelAfter(undisturbed.looks() / 2);
    TrainingTask begun = task("two", false, 2);
    assertThatThrownBy(() -> trainer.train(parameters, begun, BatchTransform.none(), cancelled))
        .isInstanceOf(RunCancelledException.class);
    TrainedModel resumed =
        trainer.train(parameters, task("two", true, 2), BatchTransform.none(), new TestRun(4));
    assertThat(resumed.card().sha256()).isEqualTo(whole.card().sha256());
    assertThat(resumed.history()).isEqualTo(whole.history());
  }

  @Test
  void anArchitectureThatTakesOneSizeIsRefusedByName() {
    assertThatThrownBy(
            () ->
                new ClassifierTrainer()
                    .prepare(
                        parameters(TestArchitectures.classifier("lenet5"), 28, 40),
                        TrainingChoices.usual(),
                        new ImageShape(3, 32, 32),
                        10))
        .isInstanceOf(RefusedChoiceException.class)
        .hasFieldOrPropertyWithValue("key", "with.sizes")
        .hasMessageContaining(
            "the architecture lenet5 does not take every size from 28 to 40: dense1 (Dense 120")
        .hasMessageContaining("such as resnet20");
    assertThatCode(
            () ->
                new ClassifierTrainer()
                    .prepare(
                        parameters(TestArchitectures.classifier("resnet20"), 28, 40),
                        TrainingChoices.usual(),
                        new ImageShape(3, 32, 32),
                        10))
        .doesNotThrowAnyException();
  }
}
