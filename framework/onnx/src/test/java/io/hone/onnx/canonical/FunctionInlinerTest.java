package io.hone.onnx.canonical;

import static io.hone.onnx.support.Protos.attribute;
import static io.hone.onnx.support.Protos.floats;
import static io.hone.onnx.support.Protos.function;
import static io.hone.onnx.support.Protos.graph;
import static io.hone.onnx.support.Protos.model;
import static io.hone.onnx.support.Protos.node;
import static io.hone.onnx.support.Protos.opset;
import static io.hone.onnx.support.Protos.reference;
import static io.hone.onnx.support.Protos.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import io.hone.onnx.gradient.FiniteDifferences;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.OnnxFormatException;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.support.Array;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class FunctionInlinerTest {
  private static final long[] SHAPE = {2, 3, 4};

  private final Random random = new Random(3);
  private final Array image = Array.uniform(random, 0.1f, 1, SHAPE);

  @Test
  void putsACallsValuesAndAttributesIntoItsNodes() {
    FunctionProto leaky =
        function(
                "mine::Slope",
                "x, y",
                "z",
                node("LeakyRelu", "x", "mid", reference("alpha", "slope")),
                node("Add", "mid, y", "z"))
            .addAttribute("slope")
            .addOpsetImport(opset("", 18))
            .build();
    CanonicalModel canonical =
        checked(
            18,
            with(
                graph(
                    node("Neg", "image", "mid"),
                    node("mine::Slope", "mid, image", "first", attribute("slope", 0.3f)),
                    node("mine::Slope", "first, mid", "scores", attribute("slope", -2f)))),
            leaky);
    assertThat(canonical.model().nodes())
        .extracting(Node::operator)
        .containsExactly("Neg", "LeakyRelu", "Add", "LeakyRelu", "Add");
    assertThat(canonical.model().nodes().get(3).number("alpha", 0)).isEqualTo(-2f);
    assertThat(canonical.model().otherOpsets()).isEmpty();
  }

  @Test
  void takesDefaultsAndLeavesOutWhatIsNotGiven() {
    FunctionProto clip =
        function(
                "mine::Bounded",
                "x, low, high",
                "z, twice",
                node("Clip", "x, low, high", "c"),
                node("Elu", "c", "z", reference("alpha", "alpha")),
                node("Elu", "z", "twice", reference("alpha", "gamma")))
            .addAttribute("gamma")
            .addAttributeProto(attribute("alpha", 0.5f))
            .addOpsetImport(opset("", 18))
            .build();
    GraphProto.Builder graph =
        with(
            graph(
                node("mine::Bounded", "image, -, half", "a, unused"),
                node("mine::Bounded", "a", "unused2, b"),
                node("mine::Bounded", "b, half", "c, d", attribute("alpha", 3f)),
                node("Add", "c, d", "scores")));
    graph.addInitializer(floats("half", new float[] {0.5f}));
    checked(18, graph, clip);
  }

  @Test
  void putsFunctionsIntoFunctionsAndIntoSubgraphs() {
    FunctionProto inner =
        function("mine::Inner", "x", "y", node("Tanh", "x", "t"), node("Mul", "t, x", "y"))
            .addOpsetImport(opset("", 18))
            .build();
    FunctionProto outer =
        function(
                "mine::Outer",
                "x",
                "y",
                node("mine::Inner", "x", "t"),
                node("ReduceMax", "t", "max", attribute("keepdims", 0)),
                node("Greater", "max, max", "never"),
                node(
                    "If",
                    "never",
                    "branch",
                    attribute("then_branch", branch("Exp", "t")),
                    attribute("else_branch", branch("mine::Inner", "t"))),
                node("Sub", "branch, x", "y"))
            .addOpsetImport(opset("", 18))
            .addOpsetImport(opset("mine", 1))
            .build();
    CanonicalModel canonical =
        checkedForward(
            18,
            with(graph(node("mine::Outer", "image", "t"), node("mine::Outer", "t", "scores"))),
            inner,
            outer);
    assertThat(canonical.model().toProto().getFunctionsCount()).isZero();
    assertThat(canonical.model().otherOpsets()).isEmpty();
  }

  @Test
  void passesInputsOnThatAreOutputs() {
    FunctionProto swap =
        function("mine::Swap", "a, b", "b, a, a2", node("Neg", "a", "a2"))
            .addOpsetImport(opset("", 18))
            .build();
    OnnxModel canonical =
        CanonicalForm.of(
                Canonical.read(
                    given(
                        18,
                        with(
                            graph(
                                node("Exp", "image", "e"),
                                node("mine::Swap", "image, e", "x, y, z"),
                                node("Mul", "x, y", "xy"),
                                node("mine::Swap", "xy, z", "-, scores"))),
                        swap)))
            .model();
    float[] scores = Canonical.run(canonical, image).get("scores").content();
    for (int i = 0; i < scores.length; i++) {
      float x = image.content()[i];
      assertThat(scores[i]).isEqualTo((float) Math.exp(x) * x, Offset.offset(1e-5f));
    }
  }

  @Test
  void raisesEachBodyByItsOwnOpset() {
    FunctionProto old =
        function(
                "mine::Old",
                "x",
                "y",
                node("ReduceSum", "x", "s", reference("axes", "along"), attribute("keepdims", 1)),
                node("Softmax", "s", "y"))
            .addAttribute("along")
            .addOpsetImport(opset("", 11))
            .build();
    FunctionProto fresh =
        function("mine::New", "x", "y", node("Gelu", "x", "y", attribute("approximate", "tanh")))
            .addOpsetImport(opset("", 20))
            .build();
    ModelProto.Builder given =
        model(
                16,
                with(
                    graph(
                        node("ReduceMean", "image", "m", attribute("axes", new long[] {2})),
                        node("mine::New", "m", "g"),
                        node("mine::Old", "g", "scores", attribute("along", new long[] {-1})))))
            .addOpsetImport(opset("mine", 1))
            .addFunctions(old)
            .addFunctions(fresh);
    OnnxModel canonical = CanonicalForm.of(Canonical.read(given)).model();
    assertThat(canonical.opset()).isEqualTo(18);
    float[] scores = Canonical.run(canonical, image).get("scores").content();
    // A softmax of opset 11 runs over all axes but the first.
    assertThat(scores).hasSize(6);
    assertThat(scores[0] + scores[1] + scores[2]).isBetween(0.9999f, 1.0001f);
    assertThat(scores[3] + scores[4] + scores[5]).isBetween(0.9999f, 1.0001f);
    FiniteDifferences.check(canonical, image, random);
  }

  @Test
  void tellsOverloadsApart() {
    FunctionProto.Builder plain =
        function("mine::F", "x", "y", node("Neg", "x", "y")).addOpsetImport(opset("", 18));
    FunctionProto.Builder other =
        function("mine::F", "x", "y", node("Exp", "x", "y"))
            .setOverload("exp")
            .addOpsetImport(opset("", 18));
    GraphProto.Builder graph = with(graph(node("mine::F", "image", "a")));
    graph.addNode(node("mine::F", "a", "scores").toBuilder().setOverload("exp"));
    OnnxModel canonical =
        CanonicalForm.of(
                Canonical.read(
                    model(18, graph)
                        .addOpsetImport(opset("mine", 1))
                        .addFunctions(plain)
                        .addFunctions(other)))
            .model();
    assertThat(canonical.nodes()).extracting(Node::operator).containsExactly("Neg", "Exp");
  }

  @Test
  void refusesFunctionsThatCallThemselves() {
    refuses(
        "mine.A calls itself (mine.A > mine.B > mine.A)",
        function("mine::A", "x", "y", node("mine::B", "x", "y")),
        function("mine::B", "x", "y", node("mine::A", "x", "y")));
  }

  @Test
  void refusesFunctionsThatUnfoldWithoutEnd() {
    FunctionProto.Builder[] doubling = new FunctionProto.Builder[60];
    for (int i = 0; i < doubling.length; i++) {
      String name = i == 0 ? "mine::A" : "mine::F" + i;
      String next = "mine::F" + (i + 1);
      doubling[i] =
          i == doubling.length - 1
              ? function(name, "x", "x")
              : function(name, "x", "y", node(next, "x", "m"), node(next, "m", "y"));
    }
    refuses("unfold to more than", doubling);
  }

  @Test
  void refusesCallsThatDoNotFit() {
    refuses("more inputs or outputs", function("mine::A", "", "y", node("Exp", "x", "y")));
    refuses(
        "reads 'nothing', which nothing in it writes",
        function("mine::A", "x", "y", node("Add", "x, nothing", "y")));
  }

  private static void refuses(String reason, FunctionProto.Builder... functions) {
    ModelProto.Builder given =
        model(18, with(graph(node("mine::A", "image", "scores")))).addOpsetImport(opset("mine", 1));
    for (FunctionProto.Builder function : functions) {
      given.addFunctions(function.addOpsetImport(opset("", 18)));
    }
    OnnxModel model = Canonical.read(given);
    assertThatThrownBy(() -> CanonicalForm.of(model))
        .isInstanceOf(OnnxFormatException.class)
        .hasMessageStartingWith("given.onnx: ")
        .hasMessageContaining(reason);
  }

  private CanonicalModel checked(int opset, GraphProto.Builder graph, FunctionProto... functions) {
    CanonicalModel canonical = checkedForward(opset, graph, functions);
    FiniteDifferences.check(Canonical.read(given(opset, graph, functions)), image, random);
    return canonical;
  }

  private CanonicalModel checkedForward(
      int opset, GraphProto.Builder graph, FunctionProto... functions) {
    return Canonical.same(given(opset, graph, functions), image);
  }

  private static ModelProto.Builder given(
      int opset, GraphProto.Builder graph, FunctionProto... functions) {
    ModelProto.Builder given = model(opset, graph).addOpsetImport(opset("mine", 1));
    for (FunctionProto function : functions) {
      given.addFunctions(function);
    }
    return given;
  }

  private static GraphProto.Builder branch(String operator, String captured) {
    return graph(node(operator, captured, "mid")).addOutput(value("mid"));
  }

  private static GraphProto.Builder with(GraphProto.Builder graph) {
    return graph
        .addInput(value("image", ElementType.FLOAT, -1, SHAPE[1], SHAPE[2]))
        .addOutput(value("scores", ElementType.FLOAT, -1, -1, -1));
  }
}
