package io.hone.onnx.simplify;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import io.hone.onnx.support.Array;
import io.hone.onnx.support.Evaluator;
import io.hone.onnx.support.interpreter.DoubleTensor;
import io.hone.onnx.support.interpreter.Interpreter;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConvolutionOfSmallPlanesTest {
  /** A convolution of 3 channels to 4. */
  private record Case(
      String name,
      Dimension height,
      int width,
      long[] kernel,
      boolean bias,
      UnaryOperator<GraphEditor.NodeWriter> attributes) {
    private Case(
        String name,
        int height,
        int width,
        long[] kernel,
        boolean bias,
        UnaryOperator<GraphEditor.NodeWriter> attributes) {
      this(name, Dimension.of(height), width, kernel, bias, attributes);
    }

    OnnxModel model(int group) {
      GraphEditor graph = GraphEditor.create(18);
      Value image =
          graph.input(
              "image",
              ElementType.FLOAT,
              Shape.of(Dimension.named("N"), Dimension.of(3), height, Dimension.of(width)));
      Random random = new Random(2);
      Value weights =
          constant(
              graph,
              Array.uniform(random, -1, 1, group == 1 ? 4 : 3, 3 / group, kernel[0], kernel[1]));
      GraphEditor.NodeWriter node =
          bias
              ? graph.node("Conv", image, weights, constant(graph, Array.uniform(random, -1, 1, 4)))
              : graph.node("Conv", image, weights);
      graph.output("result", attributes.apply(node.with("group", group)).output());
      return graph.build(name);
    }

    private static Value constant(GraphEditor graph, Array content) {
      return graph.constant(ConstantTensor.floats(content.content(), content.shape()));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static Case padded(String name, int height, int width) {
    return new Case(
        name,
        height,
        width,
        new long[] {3, 3},
        true,
        node -> node.with("pads", new long[] {1, 1, 1, 1}));
  }

  static Stream<Case> small() {
    return Stream.of(
        padded("padded", 2, 2),
        padded("one pixel", 1, 1),
        padded("as large as the kernel", 3, 3),
        new Case("whole plane", 5, 4, new long[] {5, 4}, false, node -> node),
        new Case("point", 1, 1, new long[] {1, 1}, true, node -> node),
        new Case("valid", 2, 3, new long[] {2, 3}, true, node -> node.with("auto_pad", "VALID")),
        new Case(
            "upper", 2, 3, new long[] {2, 4}, true, node -> node.with("auto_pad", "SAME_UPPER")),
        new Case(
            "lower", 2, 3, new long[] {2, 4}, true, node -> node.with("auto_pad", "SAME_LOWER")),
        new Case(
            "strides, dilations and uneven pads",
            3,
            4,
            new long[] {3, 4},
            true,
            node ->
                node.with("strides", new long[] {2, 1})
                    .with("dilations", new long[] {1, 2})
                    .with("pads", new long[] {0, 3, 2, 1})));
  }

  @ParameterizedTest
  @MethodSource("small")
  void multipliesByAMatrix(Case convolution) {
    OnnxModel model = convolution.model(1);
    OnnxModel simple = Simplifier.forInference(model);
    assertThat(simple.nodes())
        .extracting(Node::operator)
        .containsExactly("Flatten", "Gemm", "Reshape");
    for (int images : new int[] {1, 5}) {
      Array content =
          Array.uniform(
              new Random(images),
              0,
              1,
              images,
              3,
              convolution.height().size(),
              convolution.width());
      double[] expected =
          new Interpreter(model).run(DoubleTensor.of(content)).get("result").content();
      try (Evaluator runtime = new Evaluator(simple)) {
        Array actual = runtime.run(Map.of("image", content)).get("result");
        assertThat(actual.content()).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
          assertThat((double) actual.content()[i])
              .as("number %s of %s images", i, images)
              .isCloseTo(expected[i], Offset.offset(1e-5));
        }
      }
    }
  }

  @Test
  void leavesTheOthersAlone() {
    Case free =
        new Case(
            "free",
            Dimension.named("H"),
            2,
            new long[] {3, 3},
            true,
            node -> node.with("pads", new long[] {1, 1, 1, 1}));
    Case large =
        new Case(
            "matrix of 3 x 1700 by 4 x 1700",
            1,
            1700,
            new long[] {1, 1701},
            false,
            node -> node.with("pads", new long[] {0, 850, 0, 850}));
    Case plain = padded("more pixels than the kernel", 4, 3);
    Case grouped = new Case("grouped", 2, 2, new long[] {2, 2}, false, node -> node);
    for (OnnxModel model :
        new OnnxModel[] {free.model(1), large.model(1), plain.model(1), grouped.model(3)}) {
      assertThat(Simplifier.forInference(model).nodes())
          .as(model.name())
          .extracting(Node::operator)
          .containsExactly("Conv");
    }
  }
}
