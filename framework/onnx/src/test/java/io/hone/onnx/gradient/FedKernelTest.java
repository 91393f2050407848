package io.hone.onnx.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.OnnxModel;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Gradients of convolutions to their image where the kernel is no constant. */
class FedKernelTest {
  private static final int CASES = 20;

  @ParameterizedTest
  @ValueSource(ints = {1, 16})
  void theImagesGradientAgreesWithItsDefinition(int channels) {
    for (int number = 0; number < CASES; number++) {
      DrawnConvolution drawn = DrawnConvolution.draw(new Random(number), channels);
      GradientGraph.Builder builder = builder(drawn.model(number % 3 == 0));
      check(drawn, (number % 5 == 0 ? builder.withoutShapes() : builder).build());
    }
  }

  private static void check(DrawnConvolution drawn, DifferentiatedModel differentiated) {
    drawn.check(differentiated, drawn.image().shape(), drawn.imageGradient());
  }

  @Test
  void manyChannelsTurnTheKernelAndFewDoNot() {
    OnnxModel many = new DrawnConvolution.Written(1, 16, 8, 3, 1, 1, 8).model();
    OnnxModel few = new DrawnConvolution.Written(1, 15, 8, 3, 1, 1, 8).model();
    OnnxModel strided = new DrawnConvolution.Written(1, 16, 8, 3, 2, 1, 8).model();
    assertThat(spreads(many)).isFalse();
    assertThat(spreads(few)).isTrue();
    assertThat(spreads(strided)).isTrue();
  }

  private static boolean spreads(OnnxModel model) {
    return builder(model).build().model().nodes().stream()
        .map(Node::operator)
        .anyMatch("ConvTranspose"::equals);
  }

  private static GradientGraph.Builder builder(OnnxModel model) {
    return GradientGraph.of(model).input("image").loss(AttackLoss.cotangent());
  }
}
