package io.hone.onnx.canonical;

import static io.hone.onnx.support.Protos.attribute;
import static io.hone.onnx.support.Protos.floats;
import static io.hone.onnx.support.Protos.graph;
import static io.hone.onnx.support.Protos.model;
import static io.hone.onnx.support.Protos.node;
import static io.hone.onnx.support.Protos.truth;
import static io.hone.onnx.support.Protos.unshaped;
import static io.hone.onnx.support.Protos.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import io.hone.onnx.gradient.FiniteDifferences;
import io.hone.onnx.gradient.GradientGraph;
import io.hone.onnx.gradient.UncoveredOperatorException;
import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.support.Array;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConstantBranchesTest {
  private final Random random = new Random(4);
  private final Array image = Array.uniform(random, 0.1f, 1, 2, 1, 4);

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void takesTheBranchThatAConstantNames(boolean condition) {
    CanonicalModel canonical = checked(18, named(condition, "i", "j"));
    assertThat(canonical.notes())
        .containsExactly(
            "One If was replaced by its branch: the condition is the same for all images.");
    assertThat(canonical.model().nodes()).extracting(Node::operator).doesNotContain("If");
  }

  /** ONNX allows what ONNX Runtime trips over: a branch that returns one value twice. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void takesBranchesThatReturnOneValueTwice(boolean condition) {
    OnnxModel twice = Canonical.read(given(18, named(condition, "x", "t")));
    OnnxModel once = Canonical.read(given(18, named(condition, "i", "j")));
    Canonical.assertClose(
        Canonical.run(CanonicalForm.of(twice).model(), image), Canonical.run(once, image), 0);
    FiniteDifferences.check(CanonicalForm.of(twice).model(), image, random);
  }

  private static GraphProto.Builder named(boolean condition, String thenSecond, String elseSecond) {
    GraphProto.Builder graph =
        graph(
            node("Neg", "image", "mid"),
            node(
                "If",
                "condition",
                "a, b, c",
                attribute(
                    "then_branch",
                    graph(
                            node("Exp", "image", "e"),
                            node("Mul", "e, v", "x"),
                            node("Identity", "x", "i"))
                        .addInitializer(floats("v", new float[] {0.5f}))
                        .addOutput(value("x"))
                        .addOutput(value(thenSecond))
                        .addOutput(value("e"))),
                attribute(
                    "else_branch",
                    graph(
                            node("Tanh", "mid", "t"),
                            node("Identity", "w", "w2"),
                            node("Identity", "t", "j"))
                        .addOutput(value("t"))
                        .addOutput(value(elseSecond))
                        .addOutput(value("w2")))),
            node("Sum", "a, b, c, mid", "scores"));
    return graph
        .addInitializer(truth("condition", condition))
        .addInitializer(floats("w", new float[] {3}));
  }

  /** What PyTorch's exporter writes for squeeze(1) where a size might not be 1. */
  @ParameterizedTest
  @ValueSource(ints = {11, 13, 18})
  void takesTheBranchThatASizeDecides(int opset) {
    GraphProto.Builder squeeze =
        opset < 13
            ? graph(node("Squeeze", "image", "s", attribute("axes", new long[] {1})))
            : graph(
                node("Constant", "", "ax", attribute("value", ConstantTensor.list(1))),
                node("Squeeze", "image, ax", "s"));
    GraphProto.Builder graph =
        graph(
            node("Shape", "image", "shape"),
            node("Constant", "", "one", attribute("value", ConstantTensor.longs(new long[] {1}))),
            node("Gather", "shape, one", "size", attribute("axis", 0)),
            node("Equal", "one, size", "is1"),
            node(
                "If",
                "is1",
                "maybe",
                attribute("then_branch", squeeze.addOutput(value("s"))),
                attribute(
                    "else_branch", graph(node("Identity", "image", "i")).addOutput(value("i")))),
            node("Relu", "maybe", "scores"));
    checked(opset, graph);
  }

  @Test
  void takesBranchesInsideBranchesAndThoseThatFollowFromThem() {
    GraphProto.Builder inner =
        graph(
            node("Not", "no", "yes"),
            node(
                "If",
                "yes",
                "deep",
                attribute("then_branch", graph(node("Sqrt", "mid", "u")).addOutput(value("u"))),
                attribute("else_branch", graph(node("Exp", "mid", "u")).addOutput(value("u")))),
            node("Shape", "deep", "q"));
    GraphProto.Builder graph =
        graph(
            node("Tanh", "image", "mid"),
            node(
                "If",
                "no",
                "shape, root",
                attribute(
                    "then_branch",
                    graph(node("Shape", "mid", "q"), node("Identity", "mid", "r"))
                        .addOutput(value("q"))
                        .addOutput(value("r"))),
                attribute("else_branch", inner.addOutput(value("q")).addOutput(value("deep")))),
            node("Constant", "", "two", attribute("value", ConstantTensor.list(2))),
            node("Gather", "shape, two", "last"),
            node("Greater", "last, two", "wide"),
            node(
                "If",
                "wide",
                "scores",
                attribute("then_branch", graph(node("Log", "root", "z")).addOutput(value("z"))),
                attribute("else_branch", graph(node("Exp", "root", "z")).addOutput(value("z")))));
    CanonicalModel canonical = checked(18, graph.addInitializer(truth("no", false)));
    assertThat(canonical.notes().get(0)).startsWith("3 Ifs were replaced");
    assertThat(canonical.model().nodes()).extracting(Node::operator).contains("Sqrt", "Log");
  }

  @Test
  void leavesWhatTheImagesDecideAndRefusesItByName() {
    GraphProto.Builder graph =
        graph(
            node("ReduceMax", "image", "max", attribute("keepdims", 0)),
            node("Constant", "", "half", attribute("value", ConstantTensor.scalar(0.5f))),
            node("Greater", "max, half", "bright"),
            node(
                "If",
                "bright",
                "scores",
                attribute(
                    "then_branch",
                    graph(node("ReduceMean", "image", "z", attribute("axes", new long[] {1})))
                        .addOutput(value("z"))),
                attribute("else_branch", graph(node("Exp", "image", "z")).addOutput(value("z")))));
    OnnxModel model = Canonical.read(given(13, graph));
    CanonicalModel canonical = CanonicalForm.of(model);
    assertThat(canonical.model()).isSameAs(model);
    assertThat(canonical.notes()).isEmpty();
    assertThatThrownBy(() -> GradientGraph.of(model).build())
        .isInstanceOf(UncoveredOperatorException.class)
        .hasMessageContaining("given.onnx")
        .hasMessageContaining("If node that writes 'scores'");
  }

  private CanonicalModel checked(int opset, GraphProto.Builder graph) {
    ModelProto.Builder given = given(opset, graph);
    CanonicalModel canonical = Canonical.same(given, image);
    FiniteDifferences.check(Canonical.read(given), image, random);
    return canonical;
  }

  private static ModelProto.Builder given(int opset, GraphProto.Builder graph) {
    return model(
        opset,
        graph
            .addInput(value("image", ElementType.FLOAT, -1, 1, 4))
            .addOutput(unshaped("scores", ElementType.FLOAT)));
  }
}
