package io.hone.learning.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.BadInputException;
import io.hone.api.data.ImageShape;
import io.hone.network.Network;
import io.hone.network.Stage;
import io.hone.network.WeightSpec;
import io.hone.testkit.TestArchitectures;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkTest {
  private static final ImageShape DIGIT = new ImageShape(1, 28, 28);

  @Test
  void lenetHasTheLayersOfTheAttackedModel() {
    Network network = TestArchitectures.classifier("lenet5").network(DIGIT, 10);
    assertThat(network.describe())
        .containsExactly(
            "Input 1x28x28",
            "Convolution 6 of 3x3, valid, relu -> 6x26x26",
            "AveragePooling 2x2 -> 6x13x13",
            "Convolution 16 of 3x3, valid, relu -> 16x11x11",
            "AveragePooling 2x2 -> 16x5x5",
            "Flatten -> 400x1x1",
            "Dense 120, relu -> 120x1x1",
            "Dense 84, relu -> 84x1x1",
            "Dense 10 -> 10x1x1");
    assertThat(network.weights().stream().mapToInt(WeightSpec::size).sum())
        .isEqualTo(9 * 6 + 6 + 54 * 16 + 16 + 400 * 120 + 120 + 120 * 84 + 84 + 84 * 10 + 10);
  }

  @Test
  void alexnetPoolsBehindItsFirstSecondAndFifthConvolution() {
    ImageShape colour = new ImageShape(3, 32, 32);
    Network network = TestArchitectures.classifier("alexnet").network(colour, 10);
    assertThat(network.describe())
        .containsExactly(
            "Input 3x32x32",
            "BatchNormalization -> 3x32x32",
            "Convolution 32 of 3x3, same, relu -> 32x32x32",
            "MaxPooling 2x2 -> 32x16x16",
            "BatchNormalization -> 32x16x16",
            "Convolution 48 of 3x3, same, relu -> 48x16x16",
            "MaxPooling 2x2 -> 48x8x8",
            "BatchNormalization -> 48x8x8",
            "Convolution 64 of 3x3, same, relu -> 64x8x8",
            "Convolution 64 of 3x3, same, relu -> 64x8x8",
            "Convolution 64 of 3x3, same, relu -> 64x8x8",
            "MaxPooling 2x2 -> 64x4x4",
            "BatchNormalization -> 64x4x4",
            "Flatten -> 1024x1x1",
            "Dropout 0.2 -> 1024x1x1",
            "Dense 256, relu -> 256x1x1",
            "Dropout 0.2 -> 256x1x1",
            "Dense 10 -> 10x1x1");
    int convolutions = 27 * 32 + 32 + (9 * 32 * 48 + 48) + (9 * 48 * 64 + 64);
    int normalizations = 4 * (3 + 32 + 48 + 64);
    assertThat(network.weights().stream().mapToInt(WeightSpec::size).sum())
        .isEqualTo(
            convolutions
                + 2 * (9 * 64 * 64 + 64)
                + normalizations
                + (1024 * 256 + 256)
                + (256 * 10 + 10))
        .isLessThan(2_000_000);
  }

  @ParameterizedTest
  @CsvSource({"1, 28", "3, 32", "3, 8"})
  void transformationAutoencoderReturnsImagesOfTheSizeThatItTakes(int channels, int size) {
    ImageShape shape = new ImageShape(channels, size, size);
    Network network = TestArchitectures.imageToImage("transformation").network(shape);
    assertThat(network.output()).isEqualTo(shape);
    assertThat(network.weights().stream().mapToInt(WeightSpec::size).sum())
        .isEqualTo(
            (9 * channels * 32 + 32) + 3 * (9 * 32 * 32 + 32) + (9 * 32 * channels + channels));
  }

  @Test
  void stackedAutoencoderHasTheLayersOfTable2() {
    ImageShape colour = new ImageShape(3, 32, 32);
    Network network = TestArchitectures.imageToImage("stacked-conv").network(colour);
    assertThat(network.output()).isEqualTo(colour);
    assertThat(network.stages().stream().map(Stage::out).map(ImageShape::toString))
        .containsExactly(
            "64x32x32",
            "64x32x32",
            "64x32x32",
            "64x16x16",
            "32x16x16",
            "32x16x16",
            "32x16x16",
            "32x8x8",
            "32x8x8",
            "32x8x8",
            "32x8x8",
            "32x16x16",
            "64x16x16",
            "64x16x16",
            "64x16x16",
            "64x32x32",
            "3x32x32");
  }

  @Test
  void imagesThatAreTooSmallAreRefused() {
    ImageShape tiny = new ImageShape(1, 5, 5);
    assertThatThrownBy(() -> TestArchitectures.classifier("lenet5").network(tiny, 10))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(
            "takes no images of 1x5x5: conv2 (Convolution 16 of 3x3, valid, relu) takes");
  }

  @Test
  void equalSeedsStartWithEqualWeights() {
    Network network = TestArchitectures.classifier("lenet5").network(DIGIT, 10);
    float[] first = Weights.start(network, new SplittableRandom(3)).get("conv2.kernel");
    float[] again = Weights.start(network, new SplittableRandom(3)).get("conv2.kernel");
    float[] other = Weights.start(network, new SplittableRandom(4)).get("conv2.kernel");
    assertThat(again).isEqualTo(first).isNotEqualTo(other);
    float limit = (float) Math.sqrt(6.0 / (9 * 6 + 9 * 16));
    for (float value : first) {
      assertThat(Math.abs(value)).isLessThanOrEqualTo(limit);
    }
  }
}
