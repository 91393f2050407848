package io.hone.onnx.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.NodeProto;
import io.hone.onnx.gradient.operator.KernelForm;
import io.hone.onnx.gradient.operator.StandardGradients;
import io.hone.onnx.gradient.rule.GradientRegistry;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.support.Array;
import io.hone.onnx.support.Evaluator;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Gradients of kernels, in every form, against the sum that defines them in double precision. */
class KernelGradientTest {
  private static final int CASES = 20;

  @ParameterizedTest
  @EnumSource
  void everyFormAgreesWithItsDefinition(KernelForm form) {
    GradientRegistry registry = StandardGradients.with(form);
    int held = 0;
    for (int number = 0; held < CASES; number++) {
      DrawnConvolution drawn = DrawnConvolution.draw(new Random(number));
      OnnxModel model = drawn.model(number % 3 == 0);
      try {
        check(drawn, builder(model).registry(registry).build());
        held++;
        if (held % 5 == 0) {
          check(drawn, builder(model).registry(registry).withoutShapes().build());
        }
      } catch (UncoveredOperatorException e) {
        assertThat(e).hasMessageContaining(form.name());
      }
    }
  }

  /** What a Keras model leaves to the runtime, where the size of the image is not known. */
  @ParameterizedTest
  @ValueSource(strings = {"SAME_UPPER", "SAME_LOWER"})
  void padsThatDependOnTheSizeOfTheImageAreFoundInTheRun(String word) {
    for (int number = 0; number < CASES; number++) {
      DrawnConvolution drawn =
          DrawnConvolution.drawSame(new Random(number), word.equals("SAME_UPPER"));
      for (boolean anySize : new boolean[] {true, false}) {
        GraphEditor graph = GraphEditor.of(drawn.model(anySize));
        graph.setNodes(
            drawn.model(anySize).nodes().stream()
                .map(node -> node.is("Conv") ? node.without("pads").with("auto_pad", word) : node)
                .toList());
        OnnxModel model = graph.build("automatic");
        check(drawn, builder(model).build());
        drawn.check(
            GradientGraph.of(model).input("image").loss(AttackLoss.cotangent()).build(),
            drawn.image().shape(),
            drawn.imageGradient());
      }
    }
  }

  private static void check(DrawnConvolution drawn, DifferentiatedModel differentiated) {
    drawn.check(differentiated, drawn.kernel().shape(), drawn.kernelGradient());
  }

  private static GradientGraph.Builder builder(OnnxModel model) {
    return GradientGraph.of(model).input("kernel").loss(AttackLoss.cotangent());
  }

  @ParameterizedTest
  @CsvSource({
    // group, channels in, channels out, kernel, stride, dilation, side
    "1, 64, 64, 3, 1, 1, 28, WIDE_IMAGE",
    "1, 1, 6, 5, 1, 1, 28, WIDE_IMAGE",
    "1, 64, 3, 3, 1, 1, 32, WIDE_GRADIENT",
    "1, 64, 32, 3, 2, 1, 32, WIDE_IMAGE",
    "4, 8, 8, 3, 1, 1, 14, WIDE_IMAGE",
    "1, 32, 32, 3, 1, 2, 28, WIDE_IMAGE",
    "1, 32, 32, 3, 1, 4, 28, EXCHANGED_AXES",
    "1, 64, 256, 1, 1, 1, 16, POINT_PRODUCT",
    "1, 64, 128, 1, 2, 1, 16, POINT_PRODUCT",
    "1, 512, 512, 1, 1, 1, 7, WIDE_IMAGE",
    "32, 1, 1, 3, 1, 1, 16, CHANNEL_BLOCKS",
    "6, 1, 1, 3, 1, 1, 16, WIDE_IMAGE",
    "32, 1, 1, 3, 2, 1, 16, WIDE_IMAGE"
  })
  void theFormFollowsTheShape(
      int group, int in, int out, int kernel, int stride, int dilation, int side, KernelForm form) {
    OnnxModel model =
        new DrawnConvolution.Written(group, in, out, kernel, stride, dilation, side).model();
    List<NodeProto> chosen = nodes(builder(model).build());
    assertThat(chosen)
        .isEqualTo(nodes(builder(model).registry(StandardGradients.with(form)).build()));
    if (form != KernelForm.EXCHANGED_AXES) {
      GradientRegistry general = StandardGradients.with(KernelForm.EXCHANGED_AXES);
      assertThat(chosen).isNotEqualTo(nodes(builder(model).registry(general).build()));
    }
  }

  private static List<NodeProto> nodes(DifferentiatedModel differentiated) {
    return differentiated.model().nodes().stream().map(Node::toProto).toList();
  }

  @Test
  void infiniteProductsOfOtherChannelsDoNotReachADepthwiseKernel() {
    OnnxModel model = new DrawnConvolution.Written(8, 1, 1, 1, 1, 1, 2).model();
    DifferentiatedModel differentiated =
        builder(model).registry(StandardGradients.with(KernelForm.CHANNEL_BLOCKS)).build();
    float[] image = new float[32];
    Arrays.fill(image, 1);
    image[0] = Float.MAX_VALUE;
    float[] cotangent = new float[32];
    Arrays.fill(cotangent, 2);
    Arrays.fill(cotangent, 0, 4, 0.25f);
    try (Evaluator evaluator = new Evaluator(differentiated.model())) {
      float[] gradient =
          evaluator
              .run(
                  Map.of(
                      "image",
                      new Array(image, 1, 8, 2, 2),
                      "kernel",
                      new Array(new float[8], 8, 1, 1, 1),
                      differentiated.lossInput(),
                      new Array(cotangent, 1, 32)))
              .get(differentiated.gradient())
              .content();
      assertThat(gradient).containsExactly(Float.MAX_VALUE / 4, 8, 8, 8, 8, 8, 8, 8);
    }
  }
}
