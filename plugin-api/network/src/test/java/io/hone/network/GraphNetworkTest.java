package io.hone.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.BadInputException;
import io.hone.api.data.ImageShape;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GraphNetworkTest {
  private static final ImageShape SHAPE = new ImageShape(3, 8, 6);

  private static Layer.Convolution convolution(int filters) {
    return new Layer.Convolution(filters, 3, 1, Padding.SAME, Activation.NONE);
  }

  @Test
  void branchesMeetAndEachLineNamesWhatItsLayerReads() {
    Network network =
        Network.of(
            SHAPE,
            image -> {
              Value left = image.then(convolution(4).withoutBias());
              Value right = image.then(convolution(4)).then(new LeakyRelu(0.2f));
              Value both = left.then(new Joint.Add(), right);
              return both.then(new Joint.Concatenate(), image, both)
                  .then(GlobalPooling.average())
                  .then(new Layer.Dense(5, Activation.NONE));
            });
    assertThat(network.describe())
        .containsExactly(
            "Input 3x8x6",
            "conv1: Convolution 4 of 3x3, same, no bias of image -> 4x8x6",
            "conv2: Convolution 4 of 3x3, same of image -> 4x8x6",
            "leaky1: LeakyReLU 0.2 of conv2 -> 4x8x6",
            "add1: Add of conv1, leaky1 -> 4x8x6",
            "concat1: Concatenate of add1, image, add1 -> 11x8x6",
            "global1: GlobalAveragePooling of concat1 -> 11x1x1",
            "dense1: Dense 5 of global1 -> 5x1x1");
    assertThat(network.weights().stream().map(WeightSpec::name))
        .containsExactly(
            "conv1.kernel", "conv2.kernel", "conv2.bias", "dense1.matrix", "dense1.bias");
    assertThat(network.returnsFeatures()).isTrue();
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        refused(
            "add1 (Add) takes values of one shape, not images of 4x8x6 and images of 3x8x6",
            image -> image.then(convolution(4)).then(new Joint.Add(), image)),
        refused("add1 (Add) takes 2 values, not 1", image -> image.then(new Joint.Add())),
        refused(
            "multiply1 (Multiply) takes values of one shape, not images of 2x8x6 and images of"
                + " 3x8x6",
            image -> image.then(convolution(2)).then(new Joint.Multiply(), image)),
        refused(
            "concat1 (Concatenate) takes values of one height and width, not images of 3x4x3 and"
                + " images of 3x8x6",
            image -> image.then(new Layer.MaxPooling(2)).then(new Joint.Concatenate(), image)),
        refused(
            "attention1 (Attention) takes queries and keys of one number of channels, and keys and"
                + " values of one height and width, not images of 3x8x6 and images of 2x8x6 and"
                + " images of 3x8x6",
            image -> image.then(new Joint.Attention(), image.then(convolution(2)), image)),
        refused(
            "shuffle1 (PixelShuffle 2x2) takes a multiple of 4 channels, not 3",
            image -> image.then(new PixelShuffle(2))),
        refused(
            "conv1 (Convolution 4 of 3x3, same) takes images, not 144 features; put it before the"
                + " flattening",
            image -> image.then(new Layer.Flatten()).then(convolution(4))),
        refused(
            "dense1 (Dense 2) takes features in a row, not images of 3x8x6; flatten them before",
            image -> image.then(new Layer.Dense(2, Activation.NONE))),
        refused(
            "pool1 (MaxPooling 7x7) takes windows of 7x7, which do not fit into images of 3x8x6",
            image -> image.then(new Layer.MaxPooling(7))),
        refused(
            "gain1 (Gain from 0.0) takes one value, not 2",
            image -> image.then(new Gain(0), image)));
  }

  private static Arguments refused(String message, UnaryOperator<Value> layers) {
    return Arguments.of(message, layers);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void whatDoesNotFitIsToldWithTheLayersName(String message, UnaryOperator<Value> layers) {
    assertThatThrownBy(() -> Network.of(SHAPE, layers))
        .isInstanceOf(BadInputException.class)
        .hasMessage(message);
  }

  static Stream<Arguments> withoutOutput() {
    return Stream.of(
        refused(
            "conv1 (Convolution 4 of 3x3, same) does not reach the output relu1; leave it out, or"
                + " read it",
            image -> {
              image.then(convolution(4));
              return image.then(new Activated(Activation.RELU));
            }),
        refused(
            "a network returns what a layer makes of its image; put at least one layer behind it",
            image -> image),
        refused(
            "a network returns what a layer makes of its image; put at least one layer behind it",
            image -> null));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("withoutOutput")
  void aNetworkThatIsNoneIsRefused(String message, UnaryOperator<Value> layers) {
    assertThatThrownBy(() -> Network.of(SHAPE, layers))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void valuesOfAnotherNetworkAreRefused() {
    Value foreign = new NetworkBuilder(SHAPE).image();
    assertThatThrownBy(() -> Network.of(SHAPE, image -> image.then(new Joint.Add(), foreign)))
        .isInstanceOf(BadInputException.class)
        .hasMessage("add1 (Add) takes values of one network; build it of its own image");
  }

  @Test
  void settingsOutOfRangeAreRefused() {
    assertThatThrownBy(() -> new LeakyRelu(1)).hasMessageContaining("at least 0 and below 1");
    assertThatThrownBy(() -> new PixelShuffle(1)).hasMessageContaining("at least 2 rows");
    assertThatThrownBy(() -> new Activated(Activation.NONE)).hasMessageContaining("leave it out");
  }
}
