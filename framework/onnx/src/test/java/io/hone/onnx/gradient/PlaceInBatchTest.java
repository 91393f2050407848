package io.hone.onnx.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import io.hone.onnx.support.Array;
import io.hone.onnx.support.Evaluator;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No bit of an image's logits and gradient depends on where in the batch the image is. */
class PlaceInBatchTest {
  private static final int CHANNELS = 3;
  private static final int EDGE = 7;
  private static final int ROW = CHANNELS * EDGE * EDGE;

  /** Functions of images {@code [N, 3, 7, 7]}: rows that fill no vector register. */
  @FunctionalInterface
  interface Function {
    Value of(GraphEditor graph, Value image);
  }

  record Case(String name, Function function) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> functions() {
    Stream<Case> plain =
        Stream.of(
                "Acos Asin Asinh Atan Atanh Celu Cos Cosh Elu Erf Exp HardSigmoid HardSwish Log"
                    + " Mish Selu Sigmoid Sin Sinh Softmax Softplus Softsign Sqrt Tan Tanh"
                    + " LogSoftmax LpNormalization Reciprocal GlobalAveragePool")
            .flatMap(names -> Stream.of(names.split(" ")))
            .map(name -> new Case(name, (g, x) -> g.op(name, x)));
    Stream<Case> reductions =
        Stream.of(
                "ReduceL1 ReduceL2 ReduceLogSum ReduceLogSumExp ReduceMax ReduceMean ReduceMin"
                    + " ReduceProd ReduceSum ReduceSumSquare")
            .flatMap(names -> Stream.of(names.split(" ")))
            .flatMap(
                name ->
                    Stream.of(new long[] {3, 2}, new long[] {1}, new long[] {1, 2, 3})
                        .map(
                            axes ->
                                new Case(
                                    name + Arrays.toString(axes),
                                    (g, x) -> g.op(name, x, g.list(axes)))));
    return Stream.of(plain, reductions, others(), RearrangingFunctions.all())
        .flatMap(cases -> cases);
  }

  private static Stream<Case> others() {
    return Stream.of(
        new Case("Pow of an exponent", (g, x) -> g.op("Pow", x, g.scalar(1.7f))),
        new Case("Pow of the image", (g, x) -> g.op("Pow", x, x)),
        new Case(
            "CumSum",
            (g, x) -> g.op("CumSum", x, g.constant(ConstantTensor.longs(new long[] {2})))),
        new Case("LRN", (g, x) -> g.node("LRN", x).with("size", 3).with("alpha", 0.3f).output()),
        new Case(
            "InstanceNormalization", (g, x) -> scaled(g, "InstanceNormalization", x, CHANNELS)),
        new Case("LayerNormalization", (g, x) -> scaled(g, "LayerNormalization", x, EDGE)),
        new Case(
            "GroupNormalization",
            (g, x) -> {
              Value one = g.constant(ConstantTensor.floats(new float[] {1.5f}, 1));
              return g.node("GroupNormalization", x, one, one).with("num_groups", 1).output();
            }),
        new Case("broadcast", (g, x) -> g.op("Mul", x, g.op("ReduceSum", x, g.list(1)))));
  }

  private static Value scaled(GraphEditor g, String operator, Value x, int size) {
    float[] numbers = Array.uniform(new Random(3), 0.5f, 1, size).content();
    Value list = g.constant(ConstantTensor.floats(numbers, size));
    return g.op(operator, x, list, list);
  }

  @ParameterizedTest
  @MethodSource("functions")
  void roundsAnImageAlikeEverywhere(Case tested) {
    check(tested, Dimension.of(EDGE));
  }

  /** Height and width are known only when the graph runs. */
  @ParameterizedTest
  @MethodSource("functionsOfAnySize")
  void roundsAnImageOfAnySizeAlikeEverywhere(Case tested) {
    check(tested, Dimension.UNKNOWN);
  }

  static Stream<Case> functionsOfAnySize() {
    return functions()
        .filter(
            tested ->
                List.of(
                        "Log",
                        "Sin",
                        "Softplus",
                        "ReduceMean[3, 2]",
                        "InstanceNormalization",
                        "LRN")
                    .contains(tested.name()));
  }

  private static void check(Case tested, Dimension edge) {
    GraphEditor graph = GraphEditor.create(18);
    Shape shape = Shape.of(Dimension.named("N"), Dimension.of(CHANNELS), edge, edge);
    Value image = graph.input("image", ElementType.FLOAT, shape);
    Value logits = graph.op("Flatten", tested.function().of(graph, image));
    graph.output("logits", logits);
    OnnxModel model = graph.build(tested.name());
    DifferentiatedModel differentiated =
        GradientGraph.of(model).loss(AttackLoss.cotangent()).build();
    Random random = new Random(7);
    try (Evaluator evaluator = new Evaluator(differentiated.model());
        Evaluator forward = new Evaluator(model)) {
      Array first = Array.uniform(random, 0.1f, 0.9f, 1, CHANNELS, EDGE, EDGE);
      int classes =
          forward.run(Map.of("image", first)).get(model.outputs().get(0).name()).content().length;
      for (int count : new int[] {3, 5, 17}) {
        Array images = Array.uniform(random, 0.1f, 0.9f, count, CHANNELS, EDGE, EDGE);
        Array weights = Array.uniform(random, -1, 1, count, classes);
        Map<String, Array> together = run(evaluator, differentiated, images, weights);
        for (int i = 0; i < count; i++) {
          Map<String, Array> alone =
              run(evaluator, differentiated, twice(images, i, ROW), twice(weights, i, classes));
          assertSameRow(together, alone, differentiated.logits(), i, classes);
          assertSameRow(together, alone, differentiated.gradient(), i, ROW);
        }
      }
    }
  }

  private static Map<String, Array> run(
      Evaluator evaluator, DifferentiatedModel differentiated, Array images, Array weights) {
    return evaluator.run(
        Map.of(differentiated.image(), images, differentiated.lossInput(), weights));
  }

  /** Not one image alone: for a single row ONNX Runtime takes another path of its products. */
  private static Array twice(Array rows, int row, int size) {
    float[] content = new float[2 * size];
    System.arraycopy(rows.content(), row * size, content, 0, size);
    System.arraycopy(rows.content(), row * size, content, size, size);
    long[] shape = rows.shape().clone();
    shape[0] = 2;
    return new Array(content, shape);
  }

  private static void assertSameRow(
      Map<String, Array> together, Map<String, Array> alone, String output, int row, int size) {
    assertThat(Arrays.copyOfRange(together.get(output).content(), row * size, (row + 1) * size))
        .as("%s of image %s", output, row)
        .containsExactly(Arrays.copyOf(alone.get(output).content(), size));
  }
}
