package io.hone.onnx.canonical;

import static io.hone.onnx.support.Protos.attribute;
import static io.hone.onnx.support.Protos.floats;
import static io.hone.onnx.support.Protos.graph;
import static io.hone.onnx.support.Protos.model;
import static io.hone.onnx.support.Protos.node;
import static io.hone.onnx.support.Protos.opset;
import static io.hone.onnx.support.Protos.unshaped;
import static io.hone.onnx.support.Protos.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TrainingInfoProto;
import io.hone.onnx.gradient.FiniteDifferences;
import io.hone.onnx.gradient.GradientGraph;
import io.hone.onnx.gradient.UncoveredOperatorException;
import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.OnnxFormatException;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.support.Array;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Graphs that no exporter should write, and some do. */
class OddGraphTest {
  private final Random random = new Random(11);
  private final Array image = Array.uniform(random, 0.1f, 1, 2, 4);

  @ParameterizedTest
  @ValueSource(strings = {"x:0", "/a/b", "a b", "größe", "0", "a,b'\"\n", "Relu"})
  void takesAnyName(String name) {
    GraphProto.Builder graph =
        graph(
                NodeProto.newBuilder()
                    .setOpType("Mul")
                    .addInput(name)
                    .addInput(name + "w")
                    .addOutput(name + "_1")
                    .build(),
                NodeProto.newBuilder()
                    .setOpType("Tanh")
                    .setName(name)
                    .addInput(name + "_1")
                    .addOutput(name + "y")
                    .build())
            .addInput(value(name, ElementType.FLOAT, -1, 4))
            .addOutput(value(name + "y", ElementType.FLOAT, -1, 4))
            .addInitializer(floats(name + "w", new float[] {1, 2, -1, 3}, 4));
    checked(model(18, graph));
  }

  /** Weights among the inputs, both names of ONNX's domain, parts that only training needs. */
  @Test
  void takesOldHabits() {
    GraphProto.Builder graph =
        ports(node("ai.onnx::Mul", "x, w", "m"), node("Tanh", "m", "y"))
            .addInput(value("w", ElementType.FLOAT, 4))
            .addInitializer(floats("w", new float[] {1, 2, -1, 3}, 4));
    checked(
        model(13, graph)
            .setIrVersion(3)
            .addTrainingInfo(
                TrainingInfoProto.newBuilder().setAlgorithm(graph(node("No", "", "no")))));
    ModelProto.Builder renamed = model(13, graph).clearOpsetImport();
    checked(renamed.addOpsetImport(opset("ai.onnx", 13)));
  }

  @Test
  void takesInputsThatAreOutputsAndConstantsThatAreOutputs() {
    GraphProto.Builder graph =
        ports(node("Mul", "x, w", "y"))
            .addInitializer(floats("w", new float[] {1, 2, -1, 3}, 4))
            .addOutput(value("x", ElementType.FLOAT, -1, 4))
            .addOutput(value("w", ElementType.FLOAT, 4));
    OnnxModel model = Canonical.read(model(18, graph));
    assertThat(CanonicalForm.of(model).model()).isSameAs(model);
    FiniteDifferences.check(model, image, random);
  }

  @Test
  void refusesAnInputThatIsTheOutput() {
    GraphProto.Builder graph =
        graph(node("Tanh", "x", "aside"))
            .addInput(value("x", ElementType.FLOAT, -1, 4))
            .addOutput(value("x", ElementType.FLOAT, -1, 4));
    OnnxModel model = Canonical.read(model(18, graph));
    assertThatThrownBy(() -> GradientGraph.of(model).build())
        .isInstanceOf(OnnxFormatException.class)
        .hasMessageContaining("given.onnx: the logits 'x' are the input itself");
  }

  @Test
  void takesInputsThatNothingReads() {
    GraphProto.Builder graph =
        ports(node("Tanh", "x", "y")).addInput(value("unused", ElementType.INT64, 3));
    OnnxModel model = Canonical.read(model(18, graph));
    assertThat(GradientGraph.of(model).build().model().inputs())
        .extracting(input -> input.name())
        .contains("x");
  }

  @Test
  void leavesMachineLearningOperatorsOffThePathAndRefusesThemOnIt() {
    NodeProto scaler =
        node(
            "ai.onnx.ml::Scaler",
            "x",
            "s",
            attribute("offset", new float[] {0}),
            attribute("scale", new float[] {2}));
    ModelProto.Builder off =
        model(18, ports(scaler, node("Tanh", "x", "y"))).addOpsetImport(opset("ai.onnx.ml", 3));
    checked(off);
    ModelProto.Builder on =
        model(18, ports(scaler, node("Tanh", "s", "y"))).addOpsetImport(opset("ai.onnx.ml", 3));
    assertThatThrownBy(() -> GradientGraph.of(Canonical.read(on)).build())
        .isInstanceOf(UncoveredOperatorException.class)
        .hasMessageContaining("ai.onnx.ml.Scaler");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Loop", "Scan"})
  void refusesLoopsOnThePathByName(String operator) {
    GraphProto.Builder body =
        graph(node("Identity", "go", "on"), node("Tanh", "state", "next"))
            .addInput(value("turn"))
            .addInput(value("go"))
            .addInput(value("state"))
            .addOutput(value("on"))
            .addOutput(value("next"));
    NodeProto loop =
        operator.equals("Loop")
            ? node("Loop", "turns, -, x", "y", attribute("body", body))
            : node(
                "Scan",
                "x",
                "y",
                attribute(
                    "body",
                    graph(node("Tanh", "row", "out"))
                        .addInput(value("row"))
                        .addOutput(value("out"))),
                attribute("num_scan_inputs", 1));
    GraphProto.Builder graph =
        ports(
            node("Constant", "", "turns", attribute("value", ConstantTensor.longs(new long[] {2}))),
            loop);
    OnnxModel model = Canonical.read(model(18, graph));
    assertThatThrownBy(() -> GradientGraph.of(model).build())
        .isInstanceOf(UncoveredOperatorException.class)
        .hasMessageContaining("given.onnx")
        .hasMessageContaining(operator + " node that writes 'y'")
        .hasMessageContaining("Attacks that need only scores or labels still work");
  }

  @Test
  void refusesVersionsThatAreNone() {
    for (long version : new long[] {-1, 1L << 40}) {
      ModelProto.Builder odd = model(18, ports(node("Tanh", "x", "y")));
      odd.getOpsetImportBuilder(0).setVersion(version);
      assertThatThrownBy(() -> Canonical.read(odd))
          .isInstanceOf(OnnxFormatException.class)
          .hasMessageContaining("given.onnx")
          .hasMessageContaining(Long.toString(version));
    }
  }

  private void checked(ModelProto.Builder given) {
    Canonical.same(given, image);
    FiniteDifferences.check(Canonical.read(given), image, random);
  }

  private static GraphProto.Builder ports(NodeProto... nodes) {
    return graph(nodes)
        .addInput(value("x", ElementType.FLOAT, -1, 4))
        .addOutput(unshaped("y", ElementType.FLOAT));
  }
}
