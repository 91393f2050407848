package io.hone.onnxruntime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.hone.api.BadInputException;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.DifferentiableClassifier;
import io.hone.api.model.Loss;
import io.hone.api.model.LossGradient;
import io.hone.api.model.ModelCard;
import io.hone.api.model.Task;
import io.hone.api.train.StartingModel;
import io.hone.learning.engine.DivergenceException;
import io.hone.learning.engine.Learner;
import io.hone.learning.engine.LearnerState;
import io.hone.learning.engine.LearningBatch;
import io.hone.learning.engine.LearningRequest;
import io.hone.learning.engine.Objective;
import io.hone.learning.engine.Subject;
import io.hone.learning.engine.Targets;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.support.Networks;
import io.hone.onnx.training.TrainableWeights;
import io.hone.onnx.training.update.Adam;
import io.hone.onnx.training.update.UpdateRules;
import io.hone.onnxruntime.card.OnnxFile;
import io.hone.testkit.TestRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trains the weights of a file that Hone did not write. */
class ModelFileTrainingTest {
  private static final ImageShape SHAPE = new ImageShape(3, 8, 8);
  private static final int CLASSES = 5;
  private static final int EXAMPLES = 12;
  private static final double RATE = 0.01;

  @TempDir private Path folder;

  private Path file;

  @BeforeEach
  void writeModel() throws IOException {
    file = folder.resolve("theirs.onnx");
    Files.write(file, Networks.residual().toBytes());
  }

  private ModelCard card(List<Float> mean, List<Float> std) {
    return new ModelCard(
        "theirs",
        file,
        OnnxFile.read(file).sha256(),
        Task.CLASSIFIER,
        new ModelCard.Input(
            Optional.empty(),
            ModelCard.Layout.NCHW,
            SHAPE.channels(),
            Optional.of(SHAPE.height()),
            Optional.of(SHAPE.width()),
            ModelCard.Range.UNIT,
            mean,
            std),
        new ModelCard.Output(Optional.empty(), ModelCard.OutputKind.LOGITS, CLASSES, List.of()),
        Map.of());
  }

  private Subject subject(StartingModel.Weights weights, boolean statistics, String... only) {
    ModelCard card = card(List.of(0.5f, 0.4f, 0.3f), List.of(0.25f, 0.2f, 0.3f));
    return new Subject.File(new StartingModel(card, weights, List.of(only)), SHAPE, statistics, 3);
  }

  private Subject kept(String... only) {
    return subject(StartingModel.Weights.KEPT, true, only);
  }

  private static LearningRequest request(Subject subject, int threads) {
    return new LearningRequest(
        subject,
        Objective.CrossEntropy.plain(),
        UpdateRules.of(Adam.usual()),
        OptionalInt.of(2),
        threads,
        EXAMPLES,
        false);
  }

  private static Learner open(Subject subject) {
    return new OnnxRuntimeEngine().open(request(subject, 2), new TestRun(1));
  }

  private static LearningBatch batch() {
    SplittableRandom random = new SplittableRandom(5);
    Tensor images = Tensor.images(EXAMPLES, SHAPE);
    int[] classes = new int[EXAMPLES];
    for (int row = 0; row < EXAMPLES; row++) {
      classes[row] = row % CLASSES;
      for (int feature = 0; feature < SHAPE.features(); feature++) {
        images.set(row, feature, (float) random.nextDouble());
      }
    }
    return new LearningBatch(images, new Targets.Classes(classes), Map.of());
  }

  private static ModelProto withoutInitializers(byte[] model) throws IOException {
    ModelProto.Builder builder = ModelProto.parseFrom(model).toBuilder();
    GraphProto.Builder graph = builder.getGraphBuilder();
    for (TensorProto.Builder tensor : graph.getInitializerBuilderList()) {
      tensor.clearRawData().clearFloatData();
    }
    return builder.build();
  }

  /** Returns the names of the initializers that two files do not share. */
  private static TreeSet<String> changed(byte[] one, byte[] other) throws IOException {
    List<TensorProto> before = ModelProto.parseFrom(one).getGraph().getInitializerList();
    List<TensorProto> after = ModelProto.parseFrom(other).getGraph().getInitializerList();
    TreeSet<String> changed = new TreeSet<>();
    for (int i = 0; i < before.size(); i++) {
      if (!floats(before.get(i)).equals(floats(after.get(i)))) {
        changed.add(before.get(i).getName());
      }
    }
    return changed;
  }

  private static List<Float> floats(TensorProto tensor) {
    List<Float> floats = new ArrayList<>(tensor.getFloatDataList());
    if (!tensor.getRawData().isEmpty()) {
      var numbers =
          tensor
              .getRawData()
              .asReadOnlyByteBuffer()
              .order(java.nio.ByteOrder.LITTLE_ENDIAN)
              .asFloatBuffer();
      while (numbers.hasRemaining()) {
        floats.add(numbers.get());
      }
    }
    return floats;
  }

  @Test
  void startsWhereTheFileIsAndGivesTheSameFileWithOtherWeights() throws IOException {
    byte[] original = Files.readAllBytes(file);
    try (Learner learner = open(kept())) {
      assertThat(changed(original, learner.model("ours"))).isEmpty();
      double first = learner.measure(batch()).loss();
      for (int step = 0; step < 30; step++) {
        learner.step(batch(), RATE);
      }
      assertThat(learner.measure(batch()).loss()).isLessThan(first / 2);
      byte[] trained = learner.model("ours");
      assertThat(withoutInitializers(trained)).isEqualTo(withoutInitializers(original));
      OnnxModel model = OnnxModel.parse(original, "theirs");
      TrainableWeights weights = TrainableWeights.of(model, model.outputs().get(0).name());
      TreeSet<String> expected = new TreeSet<>(weights.statistics());
      weights.weights().forEach(weight -> expected.add(weight.name()));
      assertThat(changed(original, trained)).isEqualTo(expected);
    }
  }

  @Test
  void theWrittenFileAnswersAsTheNetworkInTraining() throws IOException {
    byte[] trained;
    Tensor expected;
    try (Learner learner = open(kept())) {
      for (int step = 0; step < 5; step++) {
        learner.step(batch(), RATE);
      }
      expected = learner.infer(batch().images());
      trained = learner.model("ours");
    }
    Files.write(file, trained);
    try (Learner again = open(kept())) {
      assertThat(again.infer(batch().images()).rowSize()).isEqualTo(CLASSES);
      for (int row = 0; row < EXAMPLES; row++) {
        for (int k = 0; k < CLASSES; k++) {
          assertThat(again.infer(batch().images()).get(row, k))
              .isCloseTo(expected.get(row, k), within(1e-5f));
        }
      }
    }
  }

  @Test
  void trainsOnlyWhatIsNamed() throws IOException {
    byte[] original = Files.readAllBytes(file);
    OnnxModel model = OnnxModel.parse(original, "theirs");
    TrainableWeights weights = TrainableWeights.of(model, model.outputs().get(0).name());
    List<String> names = weights.weights().stream().map(weight -> weight.name()).toList();
    String dense = names.get(names.size() - 2);
    String bias = names.get(names.size() - 1);
    try (Learner learner = open(subject(StartingModel.Weights.KEPT, false, "last"))) {
      learner.step(batch(), RATE);
      assertThat(changed(original, learner.model("ours"))).containsExactlyInAnyOrder(dense, bias);
    }
    try (Learner learner = open(subject(StartingModel.Weights.KEPT, false, bias + "*"))) {
      learner.step(batch(), RATE);
      assertThat(changed(original, learner.model("ours"))).containsExactly(bias);
    }
  }

  @Test
  void keepsStatisticsWhereTheyAreFrozen() throws IOException {
    byte[] original = Files.readAllBytes(file);
    try (Learner learner = open(subject(StartingModel.Weights.KEPT, false))) {
      learner.step(batch(), RATE);
      OnnxModel model = OnnxModel.parse(original, "theirs");
      TrainableWeights weights = TrainableWeights.of(model, model.outputs().get(0).name());
      assertThat(weights.statistics()).isNotEmpty();
      assertThat(changed(original, learner.model("ours")))
          .doesNotContainAnyElementsOf(weights.statistics());
    }
  }

  @Test
  void drawsFreshWeightsFromTheSeed() throws IOException {
    byte[] original = Files.readAllBytes(file);
    try (Learner one = open(subject(StartingModel.Weights.FRESH, true));
        Learner other = open(subject(StartingModel.Weights.FRESH, true))) {
      byte[] fresh = one.model("ours");
      assertThat(other.model("ours")).isEqualTo(fresh);
      assertThat(changed(original, fresh).size()).isGreaterThan(10);
    }
  }

  @Test
  void goesOnFromAStateWithTheSameBytesWhateverTheThreads() {
    try (Learner whole = open(kept());
        Learner first = new OnnxRuntimeEngine().open(request(kept(), 1), new TestRun(1));
        Learner second = open(kept())) {
      for (int step = 0; step < 4; step++) {
        whole.step(batch(), RATE);
      }
      first.step(batch(), RATE);
      first.step(batch(), RATE);
      LearnerState state = first.state();
      second.restore(state);
      second.step(batch(), RATE);
      second.step(batch(), RATE);
      assertThat(second.model("ours")).isEqualTo(whole.model("ours"));
    }
  }

  @Test
  void isAttackedWithTheWeightsOfTheMoment() {
    try (Learner learner = open(kept())) {
      ImageBatch images = new ImageBatch(batch().images(), new long[EXAMPLES]);
      int[] classes = ((Targets.Classes) batch().targets()).classes();
      DifferentiableClassifier classifier = learner.classifier();
      LossGradient before = classifier.lossGradient(images, Loss.crossEntropy(false), classes);
      for (int step = 0; step < 10; step++) {
        learner.step(batch(), RATE);
      }
      LossGradient after = classifier.lossGradient(images, Loss.crossEntropy(false), classes);
      Tensor logits = learner.infer(batch().images());
      double change = 0;
      for (int row = 0; row < EXAMPLES; row++) {
        change += Math.abs(after.gradient().get(row, 0) - before.gradient().get(row, 0));
        for (int k = 0; k < CLASSES; k++) {
          assertThat(after.logits().get(row, k)).isCloseTo(logits.get(row, k), within(1e-4f));
        }
      }
      assertThat(change).isGreaterThan(1e-6);
      assertGradient(classifier, images, classes, after);
    }
  }

  /** The loss is minus the cross-entropy, which an attack makes small. */
  private static void assertGradient(
      DifferentiableClassifier classifier, ImageBatch images, int[] classes, LossGradient found) {
    float step = 1e-2f;
    Tensor ahead = images.pixels().copy();
    Tensor behind = images.pixels().copy();
    double along = 0;
    for (int feature = 0; feature < SHAPE.features(); feature++) {
      float direction = Math.signum(found.gradient().get(0, feature));
      ahead.set(0, feature, ahead.get(0, feature) + step * direction);
      behind.set(0, feature, behind.get(0, feature) - step * direction);
      along += Math.abs(found.gradient().get(0, feature));
    }
    Loss loss = Loss.crossEntropy(false);
    double up = classifier.lossGradient(images.with(ahead), loss, classes).losses()[0];
    double down = classifier.lossGradient(images.with(behind), loss, classes).losses()[0];
    assertThat((up - down) / (2 * step)).isCloseTo(along, within(0.1 * along + 1e-3));
  }

  @Test
  void refusesWhatCannotBeTrained() throws IOException {
    OnnxRuntimeEngine engine = new OnnxRuntimeEngine();
    assertThatThrownBy(() -> engine.check(request(kept("fc.*"), 1)))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith("train.only.0: ")
        .hasMessageContaining("no weight is called 'fc.*'");
    assertThatThrownBy(
            () ->
                engine.check(
                    new LearningRequest(
                        kept(),
                        Objective.CrossEntropy.plain(),
                        UpdateRules.of(Adam.usual()),
                        OptionalInt.of(13),
                        1,
                        EXAMPLES,
                        false)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("train.shards")
        .hasMessageContaining("12");
    ModelProto.Builder half = ModelProto.parseFrom(Files.readAllBytes(file)).toBuilder();
    TensorProto.Builder kernel = half.getGraphBuilder().getInitializerBuilder(0);
    int numbers = floats(kernel.build()).size();
    kernel
        .setDataType(TensorProto.DataType.FLOAT16.getNumber())
        .clearFloatData()
        .setRawData(com.google.protobuf.ByteString.copyFrom(new byte[2 * numbers]));
    Files.write(file, half.build().toByteArray());
    assertThatThrownBy(() -> engine.check(request(kept(), 1)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("FLOAT16");
  }

  @Test
  void refusesStatisticsThatNormalizationsShare() throws IOException {
    ModelProto.Builder shared = ModelProto.parseFrom(Files.readAllBytes(file)).toBuilder();
    List<NodeProto.Builder> normalizations =
        shared.getGraphBuilder().getNodeBuilderList().stream()
            .filter(node -> node.getOpType().equals("BatchNormalization"))
            .toList();
    String mean = normalizations.get(0).getInput(3);
    normalizations.get(1).setInput(3, mean);
    Files.write(file, shared.build().toByteArray());
    assertThatThrownBy(() -> open(kept()))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("share the constant '" + mean + "'")
        .hasMessageContaining("statistics: frozen");
    try (Learner frozen = open(subject(StartingModel.Weights.KEPT, false))) {
      frozen.step(batch(), RATE);
    }
  }

  @Test
  void refusesBatchesOfOneSize() throws IOException {
    ModelProto.Builder fixed = ModelProto.parseFrom(Files.readAllBytes(file)).toBuilder();
    fixed
        .getGraphBuilder()
        .getInputBuilder(0)
        .getTypeBuilder()
        .getTensorTypeBuilder()
        .getShapeBuilder()
        .getDimBuilder(0)
        .setDimValue(1);
    Files.write(file, fixed.build().toByteArray());
    assertThatThrownBy(() -> new OnnxRuntimeEngine().check(request(kept(), 1)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("train.model: ")
        .hasMessageContaining("takes batches of 1 alone");
  }

  @Test
  void refusesAFileThatDrawsRandomNumbers() throws IOException {
    ModelProto.Builder noisy = ModelProto.parseFrom(Files.readAllBytes(file)).toBuilder();
    GraphProto.Builder graph = noisy.getGraphBuilder();
    NodeProto.Builder first = graph.getNodeBuilder(0);
    String image = first.getInput(0);
    first.setInput(0, "noisy");
    graph.addNode(
        0,
        NodeProto.newBuilder()
            .setName("noise")
            .setOpType("Dropout")
            .addInput(image)
            .addInput("ratio")
            .addInput("training")
            .addOutput("noisy"));
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName("ratio")
            .setDataType(TensorProto.DataType.FLOAT.getNumber())
            .addFloatData(0.5f));
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName("training")
            .setDataType(TensorProto.DataType.BOOL.getNumber())
            .addInt32Data(1));
    Files.write(file, noisy.build().toByteArray());
    assertThatThrownBy(() -> new OnnxRuntimeEngine().check(request(kept(), 1)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("draws random numbers")
        .hasMessageContaining("noise");
  }

  @Test
  void aLossThatIsNoNumberLeavesTheWeightsAsTheyWere() {
    try (Learner learner = open(kept())) {
      learner.step(batch(), RATE);
      byte[] before = learner.model("ours");
      LearningBatch spoiled = batch();
      spoiled.images().set(3, 5, Float.NaN);
      assertThatThrownBy(() -> learner.step(spoiled, RATE))
          .isInstanceOf(DivergenceException.class)
          .hasMessageContaining("cross-entropy")
          .hasMessageContaining("NaN");
      assertThat(learner.model("ours")).isEqualTo(before);
    }
  }

  /** Batch normalisations divide by the number of examples less one. */
  @Test
  void aSingleExampleIsLearnedInMoreShardsThanThereAreExamples() {
    try (Learner learner = open(kept())) {
      LearningBatch one =
          new LearningBatch(
              batch().images().rows(0, 1).copy(), new Targets.Classes(new int[] {2}), Map.of());
      double first = learner.measure(one).loss();
      for (int step = 0; step < 20; step++) {
        learner.step(one, RATE);
      }
      learner
          .weights()
          .forEach((name, content) -> assertThat(content).as(name).doesNotContain(Float.NaN));
      assertThat(learner.measure(one).loss()).isLessThan(first);
    }
  }

  @Test
  void refusesStepsThatTheMachineHasNoMemoryFor() {
    LearningRequest large =
        new LearningRequest(
            kept(),
            Objective.CrossEntropy.plain(),
            UpdateRules.of(Adam.usual()),
            OptionalInt.of(1),
            1,
            Integer.MAX_VALUE,
            false);
    assertThatThrownBy(() -> new OnnxRuntimeEngine().open(large, new TestRun(1)))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith("train.with.batch: ")
        .hasMessageContaining("take smaller batches");
  }
}
