package io.hone.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.BadInputException;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.DifferentiableClassifier;
import io.hone.api.model.Loss;
import io.hone.api.model.LossGradient;
import io.hone.api.model.ModelCard;
import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import io.hone.onnx.memory.MemoryEstimate;
import io.hone.onnxruntime.TinyModels.Ending;
import io.hone.onnxruntime.card.CardCheck;
import io.hone.onnxruntime.card.OnnxFile;
import io.hone.onnxruntime.scores.LogitsForm;
import io.hone.onnxruntime.scores.ScoreMeaning;
import io.hone.onnxruntime.session.CudnnSearch;
import io.hone.onnxruntime.session.Device;
import io.hone.onnxruntime.session.ExecutionTarget;
import io.hone.onnxruntime.session.MemoryLimit;
import io.hone.testkit.TestRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryLimitTest {
  private static final Dimension BATCH = Dimension.named("batch");
  private static final int CHANNELS = 32;
  private static final int SIDE = 64;

  private final OnnxRuntimeBackend backend = new OnnxRuntimeBackend();
  private final TestRun run = new TestRun(1);

  @TempDir Path folder;

  @Test
  void aLimitSplitsBatchesAndChangesNoBit() {
    Path file = TinyModels.classifier(folder, BATCH, Ending.LOGITS);
    ModelCard card = TinyModels.card(file);
    ImageBatch images = batch(TinyModels.images(8, 23, 2, 6, 6));
    int[] classes = new int[23];
    PreparedModel model =
        PreparedModel.ofClassifier(
            OnnxFile.read(file),
            card,
            CardCheck.check(card, OnnxFile.read(file), card.task()),
            new LogitsForm(ScoreMeaning.LOGITS, LogitsForm.Source.OUTPUT));
    LossGradient whole = gradient(card, model, limit(Long.MAX_VALUE), images, classes);
    for (long bytes : new long[] {1, 10_000, 20_000, 50_000}) {
      LossGradient parts = gradient(card, model, limit(bytes), images, classes);
      assertThat(parts.losses()).containsExactly(whole.losses());
      for (int row = 0; row < 23; row++) {
        assertThat(parts.logits().row(row)).containsExactly(whole.logits().row(row));
        assertThat(parts.gradient().row(row)).containsExactly(whole.gradient().row(row));
      }
    }
  }

  @Test
  void asManyImagesRunAtOnceAsTheLimitAllows() {
    MemoryEstimate estimate = new MemoryEstimate(1 << 20, 1000, 500, 0);
    assertThat(limit(1_500 * 7 / 2).rows(estimate)).isEqualTo(5);
    assertThat(limit(10).rows(estimate)).isEqualTo(2);
    assertThat(limit(Long.MAX_VALUE).rows(estimate)).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void onlySmallModelsPlanTheirMemoryAndTheirRowsAreHalved() throws IOException {
    Path tiny = TinyModels.classifier(folder, BATCH, Ending.LOGITS);
    ModelCard card = TinyModels.card(tiny);
    ImageShape shape = new ImageShape(2, 6, 6);
    RowBudget small = budget(card, tiny, limit(1 << 20));
    MemoryEstimate estimate =
        MemoryEstimate.of(OnnxFile.read(tiny).model(), Map.of("image", Shape.of(1, 2, 6, 6)));
    assertThat(small.isSmall()).isTrue();
    assertThat(small.rows(shape)).isEqualTo(limit(1 << 20).rows(estimate) / 2);
    assertThat(budget(card, tiny, limit(1)).rows(shape)).isEqualTo(2);
    Path large = large();
    ModelCard fixed = backend.describe(large).orElseThrow();
    assertThat(budget(fixed, large, limit(Long.MAX_VALUE)).isSmall()).isFalse();
  }

  private RowBudget budget(ModelCard card, Path file, MemoryLimit limit) {
    return new RowBudget(card, OnnxFile.read(file).model(), "image", OptionalInt.empty(), limit);
  }

  @Test
  void theDefaultIsAQuarterOfTheMachineAndThreadsShareIt() {
    MemoryLimit machine = MemoryLimit.of(Optional.empty(), new ExecutionTarget.Cpu(), run);
    assertThat(machine.perRun()).isEqualTo(machine.machine() / 4).isGreaterThan(1 << 26);
    assertThat(MemoryLimit.of(Optional.of(3), new ExecutionTarget.Cpu(), run).perRun())
        .isEqualTo(3 << 20);
    ExecutionTarget gpu = new ExecutionTarget.Cuda(0, Optional.empty(), CudnnSearch.DEFAULT);
    assertThat(MemoryLimit.of(Optional.empty(), gpu, run).perRun()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void twoImagesBeyondTheLimitRunAndSaySo() throws IOException {
    ModelCard card = backend.describe(large()).orElseThrow();
    OnnxRuntimeBackend.Params little =
        new OnnxRuntimeBackend.Params(Device.CPU, 0, Optional.of(1), CudnnSearch.EXHAUSTIVE);
    try (var classifier = backend.openClassifier(little, card, run)) {
      assertThat(classifier.logits(batch(TinyModels.images(1, 3, 3, SIDE, SIDE))).rows())
          .isEqualTo(3);
    }
    assertThat(run.notices()).anyMatch(notice -> notice.contains("memory limit"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Expand", "ConstantOfShape"})
  void whatNoMachineHasIsRefusedBeforeItIsTried(String operator) throws IOException {
    GraphEditor graph = GraphEditor.create(18);
    Value image =
        graph.input(
            "image",
            ElementType.FLOAT,
            Shape.of(BATCH, Dimension.of(1), Dimension.of(4), Dimension.of(4)));
    Value flat = graph.node("Flatten", image).output();
    Value huge =
        operator.equals("Expand")
            ? graph.op(
                "Expand", graph.op("Unsqueeze", flat, graph.list(1)), graph.list(1, 1L << 40, 1))
            : graph.op("ConstantOfShape", graph.list(1, 1L << 40, 1));
    Value sum = graph.node("ReduceSum", huge, graph.list(1)).with("keepdims", 0).output();
    graph.output(graph.op("Add", flat, sum), ElementType.FLOAT, Shape.of(BATCH, Dimension.of(16)));
    Path file = Files.write(folder.resolve("huge.onnx"), graph.build("huge").toBytes());
    ModelCard card = backend.describe(file).orElseThrow();
    assertThatThrownBy(() -> backend.openClassifier(OnnxRuntimeBackend.Params.CPU, card, run))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("huge.onnx")
        .hasMessageContaining("memory");
  }

  @EnabledOnOs(OS.LINUX)
  @ParameterizedTest
  @ValueSource(ints = {128, 256})
  void theEstimateLiesWithinAFactorOfTwoOfTheMeasuredPeak(int images) throws IOException {
    Path file = large();
    ModelCard card = backend.describe(file).orElseThrow();
    OnnxModel model = OnnxFile.read(file).model();
    Shape one = Shape.of(1, 3, SIDE, SIDE);
    long estimate =
        MemoryEstimate.of(model, Map.of("image", one)).forImages(images)
            // The image and the result are the caller's, and there before.
            - 4L * images * 3 * SIDE * SIDE;
    ImageBatch batch = batch(TinyModels.images(1, images, 3, SIDE, SIDE));
    try (var classifier = backend.openClassifier(OnnxRuntimeBackend.Params.CPU, card, run)) {
      long before = status("VmRSS");
      Files.writeString(Path.of("/proc/self/clear_refs"), "5");
      classifier.logits(batch);
      double peak = status("VmHWM") - before;
      assertThat(peak / estimate).isBetween(0.5, 2.0);
    }
  }

  private static long status(String key) throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith(key))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
        .findFirst()
        .orElseThrow();
  }

  /** Writes a network whose values take half a megabyte each. */
  private Path large() throws IOException {
    GraphEditor graph = GraphEditor.create(18);
    Value x =
        graph.input(
            "image",
            ElementType.FLOAT,
            Shape.of(BATCH, Dimension.of(3), Dimension.of(SIDE), Dimension.of(SIDE)));
    Random random = new Random(1);
    for (int layer = 0; layer < 4; layer++) {
      int inputs = layer == 0 ? 3 : CHANNELS;
      float[] weights = new float[CHANNELS * inputs * 9];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = (float) random.nextGaussian() * 0.05f;
      }
      Value convolved =
          graph
              .node(
                  "Conv", x, graph.constant(ConstantTensor.floats(weights, CHANNELS, inputs, 3, 3)))
              .with("pads", new long[] {1, 1, 1, 1})
              .output();
      Value active = graph.op("Tanh", convolved);
      x = layer == 0 ? active : graph.op("Add", x, active);
    }
    Value rows = graph.node("Flatten", graph.op("GlobalAveragePool", x)).output();
    graph.output(rows, ElementType.FLOAT, Shape.of(BATCH, Dimension.of(CHANNELS)));
    return Files.write(folder.resolve("large.onnx"), graph.build("large").toBytes());
  }

  private LossGradient gradient(
      ModelCard card, PreparedModel model, MemoryLimit limit, ImageBatch images, int[] classes) {
    Placement placement = new Placement(new ExecutionTarget.Cpu(), limit);
    ForwardPass forward =
        new ForwardPass(card, model, placement, shape -> new int[] {card.output().classes()});
    try (DifferentiableClassifier classifier =
        (DifferentiableClassifier) OnnxClassifier.of(card, model, placement, forward)) {
      return classifier.lossGradient(images, Loss.crossEntropy(false), classes);
    }
  }

  private MemoryLimit limit(long bytes) {
    return new MemoryLimit(bytes, Long.MAX_VALUE, run::notice);
  }

  private static ImageBatch batch(Tensor images) {
    return new ImageBatch(images, new long[images.rows()]);
  }
}
