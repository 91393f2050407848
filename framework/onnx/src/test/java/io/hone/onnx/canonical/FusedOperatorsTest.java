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

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import io.hone.onnx.gradient.FiniteDifferences;
import io.hone.onnx.gradient.GradientGraph;
import io.hone.onnx.gradient.UncoveredOperatorException;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.support.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FusedOperatorsTest {
  private static final long[] SHAPE = {2, 3, 4, 4};

  private final Random random = new Random(8);
  private final Array image = Array.uniform(random, -1, 1, SHAPE);

  static Stream<NodeProto> nodes() {
    String domain = "com.microsoft::";
    List<NodeProto> nodes = new ArrayList<>();
    nodes.add(node(domain + "Gelu", "image", "scores"));
    nodes.add(node(domain + "FastGelu", "image", "scores"));
    nodes.add(node(domain + "FastGelu", "image, row", "scores"));
    nodes.add(node(domain + "QuickGelu", "image", "scores"));
    nodes.add(node(domain + "QuickGelu", "image", "scores", attribute("alpha", 0.7f)));
    nodes.add(node(domain + "BiasGelu", "image, row", "scores"));
    nodes.add(node(domain + "FusedConv", "image, kernel, three", "scores", pads()));
    nodes.add(convolution("Relu"));
    nodes.add(convolution("Tanh"));
    nodes.add(convolution("LeakyRelu", 0.3f));
    nodes.add(convolution("Clip", -0.4f, 0.3f));
    nodes.add(convolution("HardSigmoid", 0.2f, 0.6f));
    nodes.add(
        node(
            domain + "FusedConv",
            "image, kernel, three, image",
            "scores",
            activation("Relu"),
            pads()));
    for (int choice = 0; choice < 16; choice++) {
      nodes.add(
          node(
              domain + "FusedMatMul",
              choice % 3 == 0 ? "image, image" : "image, square",
              "scores",
              attribute("transA", choice & 1),
              attribute("transB", choice >> 1 & 1),
              attribute("alpha", choice % 5 == 0 ? 1f : 0.3f)));
    }
    for (String turned : new String[] {"transA", "transB"}) {
      nodes.add(
          node(
              domain + "FusedMatMul",
              "image, image",
              "scores",
              attribute("transBatchA", 1),
              attribute("transBatchB", 1),
              attribute(turned, 1)));
    }
    return nodes.stream();
  }

  private static NodeProto convolution(String activation, float... parameters) {
    NodeProto plain =
        node(
            "com.microsoft::FusedConv",
            "image, kernel, three",
            "scores",
            activation(activation),
            pads());
    return parameters.length == 0
        ? plain
        : plain.toBuilder().addAttribute(attribute("activation_params", parameters)).build();
  }

  private static AttributeProto pads() {
    return attribute("pads", new long[] {1, 1, 1, 1});
  }

  private static AttributeProto activation(String name) {
    return attribute("activation", name);
  }

  @ParameterizedTest
  @MethodSource("nodes")
  void writesOutWhatWasFused(NodeProto fused) {
    ModelProto.Builder given = given(17, fused);
    CanonicalModel canonical = Canonical.same(given, image);
    assertThat(canonical.notes())
        .containsExactly(
            "Operators that ONNX Runtime fused were written out in ONNX's own: "
                + fused.getOpType()
                + ".");
    assertThat(canonical.model().nodes()).extracting(Node::domain).containsOnly("");
    FiniteDifferences.check(Canonical.read(given), image, random);
  }

  @Test
  void writesOutTheEndOfATransformersBlock() {
    NodeProto[] block = {
      node("Reshape", "image, flat", "rows"),
      node("Constant", "", "flat", attribute("value_ints", new long[] {-1, 12, 4})),
      node(
          "com.microsoft::SkipLayerNormalization",
          "rows, rows, row, ones, three4",
          "normal, -, -, sum",
          attribute("epsilon", 1e-5f)),
      node(
          "com.microsoft::FusedGemm",
          "mat, square, row",
          "gemm",
          attribute("transB", 1),
          attribute("alpha", 0.5f),
          activation("LeakyRelu"),
          attribute("activation_alpha", 0.2f)),
      node("Flatten", "normal", "mat", attribute("axis", 2)),
      node("Reshape", "gemm, flat", "back"),
      node("com.microsoft::BiasAdd", "back, row, sum", "scores")
    };
    NodeProto[] plain = block.clone();
    // ONNX Runtime has no kernel of BiasAdd for processors.
    plain[6] = node("Sum", "back, row, sum", "scores");
    Canonical.assertClose(
        Canonical.run(CanonicalForm.of(Canonical.read(given(18, block))).model(), image),
        Canonical.run(Canonical.read(given(18, plain)), image),
        1e-5f);
  }

  @Test
  void refusesOthersByName() {
    OnnxModel model =
        Canonical.read(
            given(
                18,
                node("com.microsoft::FusedConv", "image, kernel", "scores", activation("Cos"))));
    assertThat(CanonicalForm.of(model).model()).isSameAs(model);
    assertThatThrownBy(() -> GradientGraph.of(model).build())
        .isInstanceOf(UncoveredOperatorException.class)
        .hasMessageContaining("com.microsoft.FusedConv");
  }

  private ModelProto.Builder given(int opset, NodeProto... nodes) {
    Random weights = new Random(1);
    float[] ones = new float[4];
    Arrays.fill(ones, 1);
    GraphProto.Builder graph =
        graph(nodes)
            .addInput(value("image", ElementType.FLOAT, -1, SHAPE[1], SHAPE[2], SHAPE[3]))
            .addOutput(unshaped("scores", ElementType.FLOAT))
            .addInitializer(floats("ones", ones, 4));
    long[][] shapes = {{4}, {3}, {4}, {3, 3, 3, 3}, {4, 4}};
    String[] names = {"row", "three", "three4", "kernel", "square"};
    for (int i = 0; i < names.length; i++) {
      float[] content = Array.uniform(weights, -0.7f, 0.7f, shapes[i]).content();
      graph.addInitializer(floats(names[i], content, shapes[i]));
    }
    return model(opset, graph).addOpsetImport(opset("com.microsoft", 1));
  }
}
