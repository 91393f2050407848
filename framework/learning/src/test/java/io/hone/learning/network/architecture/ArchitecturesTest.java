package io.hone.learning.network.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.api.data.ImageShape;
import io.hone.network.Network;
import io.hone.network.WeightSpec;
import io.hone.testkit.TestArchitectures;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArchitecturesTest {
  private static final ImageShape COLOUR = new ImageShape(3, 32, 32);

  private static int numbers(Network network, boolean trainable) {
    return network.weights().stream()
        .filter(spec -> spec.trainable() == trainable)
        .mapToInt(WeightSpec::size)
        .sum();
  }

  @Test
  void smallVggHasThreePairsOfConvolutions() {
    Network network = TestArchitectures.classifier("small-vgg").network(COLOUR, 10);
    int kernels = 9 * (3 * 32 + 32 * 32 + 32 * 64 + 64 * 64 + 64 * 128 + 128 * 128);
    int normalisations = 2 * 2 * (32 + 64 + 128);
    assertThat(numbers(network, true)).isEqualTo(kernels + normalisations + 128 * 4 * 4 * 10 + 10);
    assertThat(network.describe())
        .contains(
            "Convolution 32 of 3x3, same, no bias, he uniform -> 32x32x32",
            "Activation relu -> 32x32x32",
            "Flatten -> 2048x1x1");
  }

  @Test
  void carliniAndWagnersNetworkHasTheirWeights() {
    Network network =
        TestArchitectures.classifier("carlini-wagner").network(new ImageShape(1, 28, 28), 10);
    int kernels = 9 * (32 + 32 * 32 + 32 * 64 + 64 * 64) + 2 * 32 + 2 * 64;
    int dense = 1024 * 200 + 200 + 200 * 200 + 200 + 200 * 10 + 10;
    assertThat(numbers(network, true)).isEqualTo(kernels + dense).isEqualTo(312_202);
    assertThat(network.describe()).contains("Flatten -> 1024x1x1");
  }

  @Test
  void vggHasThePublishedNumberOfLayers() {
    ImageShape digit = new ImageShape(1, 28, 28);
    Network thirteen = TestArchitectures.classifier("vgg").network(digit, 10);
    Network sixteen =
        TestArchitectures.classifier("vgg", Map.of("depth", "vgg16", "filters", 8))
            .network(digit, 10);
    assertThat(convolutions(thirteen)).hasSize(10).last().asString().endsWith("128x3x3");
    assertThat(convolutions(sixteen)).hasSize(13).last().asString().endsWith("64x3x3");
    assertThat(numbers(thirteen, true)).isBetween(600_000, 615_000);
  }

  private static List<String> convolutions(Network network) {
    return network.describe().stream().filter(line -> line.contains("Convolution ")).toList();
  }

  @Test
  void resNet20HasAQuarterOfAMillionWeights() {
    Network network = TestArchitectures.classifier("resnet20").network(COLOUR, 10);
    int first = 9 * 3 * 16 + 2 * 16;
    int blocks16 = 6 * (9 * 16 * 16 + 2 * 16);
    int blocks32 = 9 * 16 * 32 + 5 * 9 * 32 * 32 + 6 * 2 * 32 + (16 * 32 + 2 * 32);
    int blocks64 = 9 * 32 * 64 + 5 * 9 * 64 * 64 + 6 * 2 * 64 + (32 * 64 + 2 * 64);
    assertThat(numbers(network, true))
        .isEqualTo(first + blocks16 + blocks32 + blocks64 + 64 * 10 + 10)
        .isEqualTo(272_474);
    List<String> lines = network.describe();
    assertThat(lines.stream().filter(line -> line.contains("Convolution"))).hasSize(19 + 2);
    assertThat(lines.stream().filter(line -> line.contains(": Add of"))).hasSize(9);
    assertThat(lines).endsWith("dense1: Dense 10 of global1 -> 10x1x1");
    assertThat(lines.stream().filter(line -> line.endsWith("64x8x8"))).isNotEmpty();
  }

  @Test
  void resNet20HasAsManyBlocksAndFiltersAsItIsTold() {
    Network network =
        TestArchitectures.classifier("resnet20", Map.of("filters", 5, "blocks", 2))
            .network(COLOUR, 10);
    List<String> lines = network.describe();
    assertThat(lines.stream().filter(line -> line.contains(": Add of"))).hasSize(6);
    assertThat(lines).contains("global1: GlobalAveragePooling of relu13 -> 20x1x1");
  }

  @Test
  void stridedNetworkHasTheLayersOfTheRobustDigitClassifier() {
    Network network =
        TestArchitectures.classifier("strided", Map.of("width", 2))
            .network(new ImageShape(1, 28, 28), 10);
    assertThat(network.describe())
        .containsExactly(
            "Input 1x28x28",
            "Convolution 32 of 4x4, stride 2, same, relu -> 32x14x14",
            "Convolution 64 of 4x4, stride 2, same, relu -> 64x7x7",
            "Flatten -> 3136x1x1",
            "Dense 200, relu -> 200x1x1",
            "Dense 10 -> 10x1x1");
  }

  @Test
  void madryNetworkHasTheWeightsOfTheChallenge() {
    ImageShape digit = new ImageShape(1, 28, 28);
    Network network = TestArchitectures.classifier("madry").network(digit, 10);
    assertThat(numbers(network, true)).isEqualTo(832 + 51_264 + 3_212_288 + 10_250);
    assertThat(network.describe()).contains("Flatten -> 3136x1x1");
  }

  @Test
  void selfAttentionKeepsTheShape() {
    ImageShape image = new ImageShape(16, 8, 6);
    Network network = Network.of(image, SelfAttention::of);
    assertThat(network.output()).isEqualTo(image);
    assertThat(network.describe())
        .contains("attention1: Attention of conv1, pool1, pool2 -> 8x8x6");
    assertThat(numbers(network, true)).isEqualTo(16 * (4 + 4 + 8) + 8 * 16 + 1);
  }
}
