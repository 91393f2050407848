package io.hone.onnx.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.NodeProto;
import io.hone.onnx.gradient.rule.GradientRegistry;
import io.hone.onnx.gradient.rule.OperatorGradient;
import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.OnnxFormatException;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import io.hone.onnx.support.Array;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CoverageTest {
  /** Det has no gradient; here it is on the path or beside it. */
  private static OnnxModel withDeterminant(boolean onPath) {
    GraphEditor graph = GraphEditor.create(18);
    Value image = graph.input("image", ElementType.FLOAT, Shape.of(2, 3, 3));
    graph.add(
        Node.of(
            NodeProto.newBuilder()
                .setOpType("Det")
                .setName("volume")
                .addInput(image.name())
                .addOutput("det")
                .build()));
    Value row = graph.op("Unsqueeze", new Value("det"), graph.list(1));
    Value flat = graph.op("Tanh", graph.op("Flatten", image));
    Value joined = onPath ? graph.node("Concat", flat, row).with("axis", 1).output() : flat;
    graph.output("logits", joined);
    graph.output("volumes", row);
    return graph.build("volumes.onnx");
  }

  @Test
  void namesWhatStandsInTheWay() {
    OnnxModel model = withDeterminant(true);
    Coverage coverage = Coverage.of(model, "image", "logits");
    assertThat(coverage.isDifferentiable()).isFalse();
    assertThat(coverage.operators())
        .contains(new Coverage.Entry("Det", 1, 1, false, "", List.of("volume")));
    assertThatThrownBy(() -> GradientGraph.of(model).logits("logits").build())
        .isInstanceOfSatisfying(
            UncoveredOperatorException.class,
            e -> {
              assertThat(e.operator()).isEqualTo("Det");
              assertThat(e.node()).isEqualTo("volume");
            })
        .hasMessageContaining("volumes.onnx")
        .hasMessageContaining("Det node 'volume'")
        .hasMessageContaining("opset 18")
        .hasMessageContaining("scores or labels");
  }

  /**
   * Nothing tells the shape behind the recurrent layer, so that Gather alone would be refused too.
   */
  @Test
  void namesTheOperatorWithoutAGradientAndNotThoseBehindIt() {
    GraphEditor graph = GraphEditor.create(18);
    Value image = graph.input("image", ElementType.FLOAT, Shape.of(5, 2, 3));
    Value weights = graph.constant(ConstantTensor.floats(new float[12], 1, 4, 3));
    Value recurrent = graph.constant(ConstantTensor.floats(new float[16], 1, 4, 4));
    Value steps = graph.node("RNN", image, weights, recurrent).with("hidden_size", 4).output();
    graph.output(
        "logits",
        graph.op(
            "Gather",
            graph.op("Squeeze", steps),
            graph.constant(ConstantTensor.longs(new long[] {-1}))));
    OnnxModel model = graph.build("recurrent");
    assertThatThrownBy(() -> GradientGraph.of(model).build())
        .isInstanceOf(UncoveredOperatorException.class)
        .hasMessageContaining("RNN");
  }

  @Test
  void ignoresWhatStandsBeside() {
    OnnxModel model = withDeterminant(false);
    Coverage coverage = Coverage.of(model, "image", "logits");
    assertThat(coverage.isDifferentiable()).isTrue();
    assertThat(coverage.operators())
        .contains(new Coverage.Entry("Det", 1, 0, false, "", List.of("volume")));
    DifferentiatedModel differentiated = GradientGraph.of(model).logits("logits").build();
    assertThat(differentiated.model().nodes()).noneMatch(node -> node.is("Det"));
  }

  @Test
  void countsOperatorsOfTheFileAndNotThoseThatRaisingPutIn() {
    GraphEditor graph = GraphEditor.create(9);
    Value image = graph.input("image", ElementType.FLOAT, Shape.of(2, 3, 4));
    Value scores = graph.node("Softmax", graph.op("Relu", image)).with("axis", 1).output();
    graph.output("scores", scores);
    OnnxModel model = graph.build("old");
    String logits = model.outputs().get(0).name();
    assertThat(Coverage.of(model, "image", logits).operators())
        .extracting(Coverage.Entry::operator)
        .containsExactly("Relu", "Softmax");
    assertThat(Coverage.of(model, "image", logits).isDifferentiable()).isTrue();
  }

  @Test
  void takesOperatorsFromTheRegistryThatIsGiven() {
    GraphEditor graph = GraphEditor.create(18);
    Value image = graph.input("image", ElementType.FLOAT, Shape.of(2, 3));
    graph.output("logits", graph.op("Sinh", image));
    OnnxModel model = graph.build("sinh");
    GradientRegistry registry =
        GradientRegistry.of(List.of())
            .with(
                OperatorGradient.of(
                    "Sinh",
                    step -> step.give(0, step.mul(step.gradient(), step.op("Cosh", step.x(0))))));
    assertThat(Coverage.of(model, "image", "logits", registry).isDifferentiable()).isTrue();
    Random random = new Random(4);
    FiniteDifferences.check(
        model,
        Array.uniform(random, -1, 1, 2, 3),
        random,
        source -> GradientGraph.of(source).registry(registry));
  }

  @Test
  void saysWhereNoGradientArrives() {
    GraphEditor graph = GraphEditor.create(18);
    Value image = graph.input("image", ElementType.FLOAT, Shape.of(2, 3));
    Value rounded = graph.op("Round", image);
    graph.output(
        "logits",
        graph.op("Mul", rounded, graph.constant(ConstantTensor.floats(new float[] {2}, 1))));
    OnnxModel model = graph.build("rounded.onnx");
    assertThatThrownBy(() -> GradientGraph.of(model).build())
        .isInstanceOf(OnnxFormatException.class)
        .hasMessageContaining("rounded.onnx")
        .hasMessageContaining("no gradient of the logits");
  }

  @Test
  void refusesDropoutThatStillTrains() {
    GraphEditor graph = GraphEditor.create(13);
    Value image = graph.input("image", ElementType.FLOAT, Shape.of(2, 3));
    Value one = graph.constant(ConstantTensor.longs(new long[] {1}));
    Value training = graph.node("Cast", one).with("to", ElementType.BOOL.code()).output();
    graph.output("logits", graph.op("Dropout", image, graph.scalar(0.5f), training));
    OnnxModel model = graph.build("training.onnx");
    assertThatThrownBy(() -> GradientGraph.of(model).build())
        .isInstanceOf(UncoveredOperatorException.class)
        .hasMessageContaining("training.onnx")
        .hasMessageContaining("Dropout")
        .hasMessageContaining("training mode");
  }

  @Test
  void refusesNamesThatAreNotThere() {
    OnnxModel model = withDeterminant(false);
    assertThatThrownBy(() -> GradientGraph.of(model).input("picture").build())
        .isInstanceOf(OnnxFormatException.class)
        .hasMessageContaining("no input 'picture'")
        .hasMessageContaining("[image]");
    assertThatThrownBy(() -> GradientGraph.of(model).logits("scores").build())
        .isInstanceOf(OnnxFormatException.class)
        .hasMessageContaining("no value 'scores'");
  }
}
