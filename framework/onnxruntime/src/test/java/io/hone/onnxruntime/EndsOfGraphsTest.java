package io.hone.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.hone.api.BadInputException;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.Tensor;
import io.hone.api.model.Classifier;
import io.hone.api.model.DifferentiableClassifier;
import io.hone.api.model.Loss;
import io.hone.api.model.LossGradient;
import io.hone.api.model.ModelCard;
import io.hone.api.model.ModelCard.Layout;
import io.hone.api.model.ModelCard.OutputKind;
import io.hone.api.model.ModelCard.Range;
import io.hone.api.model.Task;
import io.hone.api.run.TrustFlag;
import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import io.hone.testkit.TestRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One dense network of 1 x 4 x 4 images whose scores end in every way that exporters write. */
class EndsOfGraphsTest {
  private static final int FEATURES = 16;
  private static final int CLASSES = 6;
  private static final Dimension BATCH = Dimension.named("N");

  private final OnnxRuntimeBackend backend = new OnnxRuntimeBackend();
  private final TestRun run = new TestRun(1);
  private final float[] weights = weights();
  private final Tensor images = TinyModels.images(8, 12, 1, 4, 4);

  @TempDir Path folder;

  /** One probability per image, computed of the score {@code s}. */
  enum Column {
    SIGMOID((g, s) -> g.op("Sigmoid", s)),
    CLIPPED((g, s) -> g.op("Clip", g.op("Sigmoid", s), g.scalar(1e-7f), g.scalar(1 - 1e-7f))),
    TIMES_ONE((g, s) -> g.op("Mul", g.op("Sigmoid", s), g.scalar(1))),
    QUANTISED(
        (g, s) -> {
          Value zero = g.constant(ConstantTensor.longs(new long[] {0}));
          Value bytes = g.node("Cast", zero).with("to", ElementType.UINT8.code()).output();
          Value step = g.constant(ConstantTensor.floats(new float[] {1 / 255f}, 1));
          Value q =
              g.node("QuantizeLinear", g.op("Sigmoid", s), step, bytes).with("axis", 1).output();
          return g.node("DequantizeLinear", q, step, bytes).with("axis", 1).output();
        }),
    EXPONENTIAL(
        (g, s) -> {
          Value e = g.op("Exp", s);
          return g.op("Div", e, g.op("Add", e, g.scalar(1)));
        }),
    RECIPROCAL((g, s) -> g.op("Reciprocal", g.op("Add", g.scalar(1), g.op("Exp", g.op("Neg", s))))),
    ONE_DIVIDED(
        (g, s) -> g.op("Div", g.scalar(1), g.op("Add", g.scalar(1), g.op("Exp", g.op("Neg", s))))),
    TANGENT(
        (g, s) -> {
          Value t = g.op("Tanh", g.op("Mul", s, g.scalar(0.5f)));
          return g.op("Add", g.op("Mul", t, g.scalar(0.5f)), g.scalar(0.5f));
        }),
    TANGENT_HALVED(
        (g, s) -> {
          Value t = g.op("Tanh", g.op("Div", s, g.scalar(2)));
          return g.op("Div", g.op("Add", t, g.scalar(1)), g.scalar(2));
        }),
    SLICED(
        (g, s) -> {
          Value two = g.node("Concat", g.op("Neg", s), s).with("axis", 1).output();
          Value half = g.op("Mul", two, g.scalar(0.5f));
          Value soft = g.node("Softmax", half).with("axis", 1).output();
          return g.op("Slice", soft, g.list(1), g.list(2), g.list(1));
        }),
    REST_OF_REST((g, s) -> g.op("Sub", g.scalar(1), g.op("Sub", g.scalar(1), g.op("Sigmoid", s)))),
    WRITTEN_OUT(
        (g, s) -> {
          Value two = g.node("Concat", g.op("Sub", s, s), s).with("axis", 1).output();
          Value e = g.op("Exp", two);
          Value share = g.op("Div", e, g.op("ReduceSum", e, g.list(1)));
          return g.node("Gather", share, g.list(1)).with("axis", 1).output();
        }),
    MEAN_OF_TWO(
        (g, s) -> g.op("Mean", g.op("Sigmoid", s), g.op("Sigmoid", g.op("Mul", s, g.scalar(1))))),
    BY_A_LOOKING_GLASS(
        (g, s) -> g.op("Abs", g.op("Sub", g.op("Sigmoid", g.op("Neg", s)), g.scalar(1))));

    private final BiFunction<GraphEditor, Value, Value> end;

    Column(BiFunction<GraphEditor, Value, Value> end) {
      this.end = end;
    }
  }

  @ParameterizedTest
  @EnumSource
  void oneProbabilityPerImageHasItsBoundaryAtOneHalf(Column column) {
    for (OutputKind kind : List.of(OutputKind.SCORES, OutputKind.PROBABILITIES)) {
      GraphEditor graph = GraphEditor.create(18);
      Value end = column.end.apply(graph, dense(graph, 1));
      boolean squeezed = kind == OutputKind.SCORES;
      graph.output("out", squeezed ? graph.op("Squeeze", end, graph.list(1)) : end);
      checkColumn(card(graph, kind, 2), column == Column.QUANTISED ? 0.05 : 2e-4);
    }
    assertThat(run.trustFlags()).isEmpty();
  }

  private void checkColumn(ModelCard card, double tolerance) {
    try (DifferentiableClassifier classifier = open(card)) {
      Tensor logits = classifier.logits(batch());
      int[] classes = classifier.predict(batch());
      LossGradient gradient =
          classifier.lossGradient(batch(), Loss.crossEntropy(false), new int[images.rows()]);
      for (int row = 0; row < images.rows(); row++) {
        double score = score(row, 0, 1);
        assertThat(classes[row]).isEqualTo(score > 0 ? 1 : 0);
        assertThat((double) logits.get(row, 1) - logits.get(row, 0))
            .isCloseTo(score, within(tolerance * Math.max(1, Math.abs(score))));
        assertThat(gradient.losses()[row])
            .isCloseTo((float) -Math.log1p(Math.exp(score)), within(0.05f));
        double slope = 1 / (1 + Math.exp(-score));
        if (tolerance < 1e-3) {
          for (int feature = 0; feature < FEATURES; feature++) {
            assertThat((double) gradient.gradient().get(row, feature))
                .isCloseTo(-slope * weights[feature], within(2e-3));
          }
        }
      }
    }
  }

  /** Probabilities of six classes, computed of logits {@code z}. */
  enum Rows {
    SOFTMAX((g, z) -> softmax(g, z, 1)),
    CLIPPED((g, z) -> g.op("Clip", softmax(g, z, 1), g.scalar(1e-7f), g.scalar(1 - 1e-7f))),
    TIMES_ONE((g, z) -> g.op("Mul", softmax(g, z, 1), g.scalar(1))),
    PERMUTED_TWICE(
        (g, z) -> {
          Value turned = g.node("Transpose", z).with("perm", new long[] {1, 0}).output();
          Value soft = softmax(g, turned, 0);
          return g.node("Transpose", soft).with("perm", new long[] {1, 0}).output();
        }),
    WRITTEN_OUT(
        (g, z) -> {
          Value e = g.op("Exp", g.op("Sub", z, g.op("ReduceMax", z, g.list(1))));
          return g.op("Div", e, g.op("ReduceSum", e, g.list(1)));
        }),
    MEAN((g, z) -> g.op("Mean", softmax(g, z, 1), softmax(g, g.op("Mul", z, g.scalar(1)), 1))),
    SUM_OF_HALVES(
        (g, z) -> {
          Value half = g.op("Mul", softmax(g, z, 1), g.scalar(0.5f));
          return g.op("Add", half, g.op("Div", softmax(g, z, 1), g.scalar(2)));
        }),
    STACKED_MEAN(
        (g, z) -> {
          Value one = g.op("Unsqueeze", softmax(g, z, 1), g.list(0));
          Value both = g.node("Concat", one, one, one).with("axis", 0).output();
          return g.node("ReduceMean", both, g.list(0)).with("keepdims", 0).output();
        }),
    LOGARITHM((g, z) -> g.op("Log", softmax(g, z, 1))),
    NEGATIVE_LOGARITHM((g, z) -> g.op("Neg", g.op("Log", softmax(g, z, 1)))),
    NEGATIVE_LOG_SOFTMAX((g, z) -> g.op("Neg", g.node("LogSoftmax", z).with("axis", 1).output())),
    PERCENTAGES((g, z) -> g.op("Mul", softmax(g, z, 1), g.scalar(100))),
    OF_255_BY_VALUE((g, z) -> g.op("Abs", g.op("Div", softmax(g, z, 1), g.scalar(1 / 255f)))),
    LOG_SOFTMAX((g, z) -> g.node("LogSoftmax", z).with("axis", 1).output()),
    BY_VALUE((g, z) -> g.op("Abs", softmax(g, z, 1)));

    private final BiFunction<GraphEditor, Value, Value> end;

    Rows(BiFunction<GraphEditor, Value, Value> end) {
      this.end = end;
    }
  }

  @ParameterizedTest
  @EnumSource
  void lossesOnProbabilitiesAreThoseOnLogits(Rows rows) {
    for (OutputKind kind : List.of(OutputKind.SCORES, OutputKind.PROBABILITIES)) {
      GraphEditor graph = GraphEditor.create(18);
      graph.output("out", rows.end.apply(graph, dense(graph, CLASSES)));
      try (DifferentiableClassifier classifier = open(card(graph, kind, CLASSES))) {
        checkLoss(classifier, 0);
      }
    }
    assertThat(run.trustFlags()).isEmpty();
  }

  /** Compares classes, losses and gradients with those of the plain logits. */
  private void checkLoss(DifferentiableClassifier classifier, int turn) {
    int[] wanted = new int[images.rows()];
    Arrays.setAll(wanted, row -> row % CLASSES);
    LossGradient gradient = classifier.lossGradient(batch(), Loss.crossEntropy(true), wanted);
    int[] classes = classifier.predict(batch());
    for (int row = 0; row < images.rows(); row++) {
      double[] logits = new double[CLASSES];
      for (int k = 0; k < CLASSES; k++) {
        logits[k] = score(row, (k + turn) % CLASSES, CLASSES);
      }
      double sum = Arrays.stream(logits).map(Math::exp).sum();
      assertThat(classes[row]).isEqualTo(largest(logits));
      assertThat((double) gradient.losses()[row])
          .isCloseTo(Math.log(sum) - logits[wanted[row]], within(1e-3));
      for (int feature = 0; feature < FEATURES; feature++) {
        double slope = -weights[feature * CLASSES + (wanted[row] + turn) % CLASSES];
        for (int k = 0; k < CLASSES; k++) {
          slope += Math.exp(logits[k]) / sum * weights[feature * CLASSES + (k + turn) % CLASSES];
        }
        assertThat((double) gradient.gradient().get(row, feature)).isCloseTo(slope, within(2e-3));
      }
    }
  }

  @Test
  void probabilitiesInAnotherOrderKeepIt() {
    GraphEditor graph = GraphEditor.create(18);
    Value soft = softmax(graph, dense(graph, CLASSES), 1);
    graph.output(
        "out", graph.node("Gather", soft, graph.list(1, 2, 3, 4, 5, 0)).with("axis", 1).output());
    try (DifferentiableClassifier classifier = open(card(graph, OutputKind.SCORES, CLASSES))) {
      checkLoss(classifier, 1);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 18})
  void aSoftmaxOverAnotherAxisThanTheClassesStays(long opset) {
    GraphEditor graph = GraphEditor.create((int) opset);
    Value three = graph.op("Reshape", dense(graph, CLASSES), graph.list(-1, 3, 2));
    Value soft = graph.node("Softmax", three).with("axis", 2).output();
    graph.output("out", graph.op("Reshape", soft, graph.list(-1, CLASSES)));
    ModelCard bare = backend.describe(write(graph)).orElseThrow();
    try (DifferentiableClassifier classifier = open(bare)) {
      int[] classes = classifier.predict(batch());
      for (int row = 0; row < images.rows(); row++) {
        double[] shares = new double[CLASSES];
        for (int k = 0; k < CLASSES; k++) {
          double lead = score(row, k, CLASSES) - score(row, k ^ 1, CLASSES);
          shares[k] = 1 / (1 + Math.exp(-lead));
        }
        assertThat(classes[row]).isEqualTo(largest(shares));
      }
    }
    assertThat(run.notices()).anyMatch(notice -> notice.contains("do not sum to 1"));
  }

  @Test
  void twoColumnsOfOneProbabilityHaveTheLossOfItsLogit() {
    GraphEditor graph = GraphEditor.create(18);
    // So far apart that a probability rounds to 1.
    Value p = graph.op("Sigmoid", graph.op("Mul", dense(graph, 1), graph.scalar(40)));
    Value rest = graph.op("Sub", graph.scalar(1), p);
    graph.output("out", graph.node("Concat", rest, p).with("axis", 1).output());
    try (DifferentiableClassifier classifier = open(card(graph, OutputKind.SCORES, 2))) {
      int[] labels = classifier.predict(batch());
      Tensor gradient =
          classifier.lossGradient(batch(), Loss.crossEntropy(false), labels).gradient();
      for (int row = 0; row < images.rows(); row++) {
        double score = 40 * score(row, 0, 1);
        assertThat(labels[row]).isEqualTo(score > 0 ? 1 : 0);
        for (int feature = 0; feature < FEATURES; feature++) {
          if (Math.abs(score) < 60) {
            assertThat(Math.signum(gradient.get(row, feature)))
                .isEqualTo(Math.signum((score > 0 ? 1 : -1) * weights[feature]));
          }
        }
      }
    }
  }

  @Test
  void logarithmsOfARoundedRestKeepTheirSlope() {
    GraphEditor graph = GraphEditor.create(18);
    // So far apart that a probability rounds to 1, and the file's logarithm of the rest is
    // infinite.
    Value p = graph.op("Sigmoid", graph.op("Mul", dense(graph, 1), graph.scalar(40)));
    Value rest = graph.op("Sub", graph.scalar(1), p);
    graph.output("out", graph.op("Log", graph.node("Concat", rest, p).with("axis", 1).output()));
    try (DifferentiableClassifier classifier = open(card(graph, OutputKind.SCORES, 2))) {
      int[] labels = classifier.predict(batch());
      LossGradient loss = classifier.lossGradient(batch(), Loss.crossEntropy(false), labels);
      for (int row = 0; row < images.rows(); row++) {
        double score = 40 * score(row, 0, 1);
        assertThat(labels[row]).isEqualTo(score > 0 ? 1 : 0);
        assertThat(loss.logits().get(row, 1) - loss.logits().get(row, 0))
            .isCloseTo((float) score, within((float) (1e-3 * Math.max(1, Math.abs(score)))));
      }
    }
  }

  @Test
  void theSmallestOfNegativeLogarithmsIsTheClass() {
    GraphEditor graph = GraphEditor.create(18);
    Value z = dense(graph, CLASSES);
    graph.output("out", graph.op("Neg", graph.node("LogSoftmax", z).with("axis", 1).output()));
    try (Classifier classifier = open(card(graph, OutputKind.SCORES, CLASSES))) {
      int[] predicted = classifier.predict(batch());
      for (int row = 0; row < images.rows(); row++) {
        for (int k = 0; k < CLASSES; k++) {
          assertThat(score(row, predicted[row], CLASSES))
              .isGreaterThanOrEqualTo(score(row, k, CLASSES));
        }
      }
    }
    assertThat(run.notices())
        .anySatisfy(text -> assertThat(text).contains("negative logarithms", "smallest score"));
    assertThat(run.trustFlags()).isEmpty();
    open(card(graph, OutputKind.LOGITS, CLASSES)).close();
    assertThat(run.trustFlags())
        .singleElement()
        .satisfies(flag -> assertThat(flag.text()).contains("the card says logits"));
  }

  @Test
  void rectifiedLogitsOfTwoClassesStayLogits() {
    GraphEditor graph = GraphEditor.create(18);
    Value z = graph.op("Mul", dense(graph, 1), graph.scalar(1e4f));
    Value both = graph.node("Concat", graph.op("Neg", z), z).with("axis", 1).output();
    graph.output("out", graph.op("Relu", both));
    try (Classifier classifier = open(card(graph, OutputKind.SCORES, 2))) {
      int[] predicted = classifier.predict(batch());
      for (int row = 0; row < images.rows(); row++) {
        assertThat(predicted[row]).isEqualTo(score(row, 0, 1) > 0 ? 1 : 0);
      }
    }
  }

  @Test
  void logitsThatHappenToSumToTheSameStayLogits() {
    GraphEditor graph = GraphEditor.create(18);
    Value small = graph.op("Mul", dense(graph, CLASSES), graph.scalar(1e-3f));
    graph.output("out", graph.op("Add", small, graph.scalar(10)));
    try (Classifier classifier = open(card(graph, OutputKind.SCORES, CLASSES))) {
      assertThat((double) classifier.logits(batch()).get(0, 0))
          .isCloseTo(10 + 1e-3 * score(0, 0, CLASSES), within(1e-4));
    }
  }

  @Test
  void oneNumberThatIsSquashedBeyondOneIsAskedFor() {
    GraphEditor graph = GraphEditor.create(18);
    graph.output("out", graph.op("Mul", graph.op("Sigmoid", dense(graph, 1)), graph.scalar(100)));
    ModelCard bare = card(graph, OutputKind.SCORES, 2);
    assertThatThrownBy(() -> open(bare))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("never below 0")
        .hasMessageContaining("percentages");
    open(card(graph, OutputKind.LOGITS, 2)).close();
  }

  @Test
  void severalLabelsAreTold() {
    GraphEditor graph = GraphEditor.create(18);
    graph.output("out", graph.op("Sigmoid", dense(graph, CLASSES)));
    try (Classifier classifier = open(card(graph, OutputKind.SCORES, CLASSES))) {
      assertThat(classifier.predict(batch())[0]).isNotNegative();
    }
    assertThat(run.notices()).anyMatch(notice -> notice.contains("several labels"));
  }

  @Test
  void saturatedProbabilitiesGiveNumbers() {
    for (int columns : new int[] {1, CLASSES}) {
      GraphEditor graph = GraphEditor.create(18);
      Value big = graph.op("Mul", dense(graph, columns), graph.scalar(1e4f));
      Value hard =
          columns == 1 ? graph.op("HardSigmoid", big) : graph.node("Hardmax", big).output();
      graph.output("out", hard);
      int classes = Math.max(2, columns);
      try (Classifier classifier =
          backend.openClassifier(
              OnnxRuntimeBackend.Params.CPU,
              card(graph, OutputKind.SCORES, classes),
              images,
              run)) {
        Tensor logits = classifier.logits(batch());
        int[] predicted = classifier.predict(batch());
        for (int row = 0; row < images.rows(); row++) {
          for (float logit : logits.row(row)) {
            assertThat(logit).isFinite();
          }
          double[] scores = new double[classes];
          for (int k = 0; k < columns; k++) {
            scores[columns == 1 ? 1 : k] = score(row, k, columns);
          }
          assertThat(predicted[row]).isEqualTo(largest(scores));
        }
      }
    }
  }

  @Test
  void aCardThatCallsProbabilitiesLogitsIsTold() {
    GraphEditor graph = GraphEditor.create(18);
    graph.output("out", Column.CLIPPED.end.apply(graph, dense(graph, 1)));
    checkColumn(card(graph, OutputKind.LOGITS, 2), 2e-4);
    assertThat(run.notices()).anyMatch(notice -> notice.contains("output.kind: probabilities"));
  }

  @Test
  void aCardThatCallsLogitsProbabilitiesIsRefused() {
    GraphEditor graph = GraphEditor.create(18);
    graph.output("out", dense(graph, CLASSES));
    ModelCard card = card(graph, OutputKind.PROBABILITIES, CLASSES);
    assertThatThrownBy(() -> open(card))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("output.kind: logits");
  }

  @Test
  void whatOnlyLooksLikeOneProbabilityIsAskedFor() {
    GraphEditor graph = GraphEditor.create(18);
    Value column = graph.constant(ConstantTensor.floats(constant(1f / FEATURES), FEATURES, 1));
    graph.output("out", graph.op("MatMul", rows(graph), column));
    ModelCard bare = card(graph, OutputKind.SCORES, 2);
    assertThatThrownBy(() -> open(bare))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("output.kind: probabilities")
        .hasMessageContaining("output.kind: logits");
    open(card(graph, OutputKind.LOGITS, 2)).close();
    assertThat(run.trustFlags())
        .extracting(TrustFlag::code)
        .containsExactly(TrustFlag.ASSUMED_OUTPUT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bernoulli", "noise", "dropout"})
  void aModelThatDrawsRandomNumbersIsMarked(String kind) {
    GraphEditor graph = GraphEditor.create(18);
    Value scores = dense(graph, CLASSES);
    Value drawn =
        switch (kind) {
          case "noise" ->
              graph.op(
                  "Add", scores, graph.node("RandomNormalLike", scores).with("seed", 3f).output());
          case "bernoulli" ->
              graph.op("Mul", scores, graph.op("Bernoulli", graph.op("Sigmoid", scores)));
          default -> dropout(graph, scores);
        };
    graph.output("out", drawn);
    try (Classifier classifier =
        backend.openClassifier(
            OnnxRuntimeBackend.Params.CPU, card(graph, OutputKind.LOGITS, CLASSES), images, run)) {
      assertThat(classifier.predict(batch())).hasSize(images.rows());
    }
    assertThat(run.trustFlags())
        .extracting(TrustFlag::code)
        .containsExactly(TrustFlag.NOT_REPEATABLE);
  }

  private static Value dropout(GraphEditor graph, Value scores) {
    Value one = graph.constant(ConstantTensor.longs(new long[] {1}));
    Value training =
        graph.op("Squeeze", graph.node("Cast", one).with("to", ElementType.BOOL.code()).output());
    return graph.node("Dropout", scores, graph.scalar(0.5f), training).output();
  }

  @Test
  void aModelThatReadsItsInputOtherwiseThanItsCardSaysIsStillItsFile() {
    GraphEditor graph = GraphEditor.create(18);
    graph.output("out", softmax(graph, dense(graph, CLASSES), 1));
    ModelCard plain = card(graph, OutputKind.PROBABILITIES, CLASSES);
    ModelCard scaled =
        new ModelCard(
            "scaled",
            plain.file(),
            "",
            Task.CLASSIFIER,
            new ModelCard.Input(
                Optional.empty(),
                Layout.NCHW,
                1,
                Optional.of(4),
                Optional.of(4),
                new Range(0, 255),
                List.of(100f),
                List.of(50f)),
            plain.output(),
            Map.of());
    open(scaled).close();
  }

  @Test
  void aFileThatCannotRunAsItIsIsReadInSinglePrecision() {
    GraphEditor graph = GraphEditor.create(18);
    Value image =
        graph.input(
            "image",
            ElementType.FLOAT,
            Shape.of(BATCH, Dimension.of(1), Dimension.of(4), Dimension.of(4)));
    float[] part = Arrays.copyOf(weights, FEATURES);
    Value kernel = inDouble(graph, graph.constant(ConstantTensor.floats(part, 1, 1, 4, 4)));
    // ONNX Runtime has no convolution in double precision.
    Value wide = graph.op("Conv", inDouble(graph, image), kernel);
    Value score = graph.node("Cast", wide).with("to", ElementType.FLOAT.code()).output();
    Value flat = graph.node("Flatten", score).output();
    graph.output("out", Column.CLIPPED.end.apply(graph, flat));
    checkColumn(card(graph, OutputKind.SCORES, 2), 2e-4);
    assertThat(run.notices()).anyMatch(notice -> notice.contains("could not be compared"));
  }

  private static Value inDouble(GraphEditor graph, Value value) {
    return graph.node("Cast", value).with("to", ElementType.DOUBLE.code()).output();
  }

  private DifferentiableClassifier open(ModelCard card) {
    return (DifferentiableClassifier)
        backend.openClassifier(OnnxRuntimeBackend.Params.CPU, card, images, run);
  }

  private static Value softmax(GraphEditor graph, Value scores, long axis) {
    return graph.node("Softmax", scores).with("axis", axis).output();
  }

  private Value rows(GraphEditor graph) {
    Value image =
        graph.input(
            "image",
            ElementType.FLOAT,
            Shape.of(BATCH, Dimension.of(1), Dimension.of(4), Dimension.of(4)));
    return graph.node("Flatten", image).output();
  }

  private Value dense(GraphEditor graph, int columns) {
    float[] part = Arrays.copyOf(weights, FEATURES * columns);
    return graph.op(
        "MatMul", rows(graph), graph.constant(ConstantTensor.floats(part, FEATURES, columns)));
  }

  private double score(int row, int column, int columns) {
    double sum = 0;
    for (int feature = 0; feature < FEATURES; feature++) {
      sum += (double) images.get(row, feature) * weights[feature * columns + column];
    }
    return sum;
  }

  private static int largest(double[] scores) {
    int largest = 0;
    for (int k = 1; k < scores.length; k++) {
      largest = scores[k] > scores[largest] ? k : largest;
    }
    return largest;
  }

  private ModelCard card(GraphEditor graph, OutputKind kind, int classes) {
    return new ModelCard(
        "tiny",
        write(graph),
        "",
        Task.CLASSIFIER,
        new ModelCard.Input(
            Optional.empty(),
            Layout.NCHW,
            1,
            Optional.of(4),
            Optional.of(4),
            Range.UNIT,
            List.of(),
            List.of()),
        new ModelCard.Output(Optional.empty(), kind, classes, List.of()),
        Map.of());
  }

  private Path write(GraphEditor graph) {
    try {
      return Files.write(folder.resolve("model.onnx"), graph.build("tiny").toBytes());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static float[] weights() {
    Random random = new Random(4);
    float[] values = new float[FEATURES * CLASSES];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static float[] constant(float value) {
    float[] values = new float[FEATURES];
    Arrays.fill(values, value);
    return values;
  }

  private ImageBatch batch() {
    return new ImageBatch(images, new long[images.rows()]);
  }
}
