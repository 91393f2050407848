package io.hone.learning.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.learning.network.Weights;
import io.hone.network.Activated;
import io.hone.network.Activation;
import io.hone.network.Gain;
import io.hone.network.GlobalPooling;
import io.hone.network.Joint;
import io.hone.network.Layer;
import io.hone.network.LeakyRelu;
import io.hone.network.Network;
import io.hone.network.PRelu;
import io.hone.network.Padding;
import io.hone.network.PixelShuffle;
import io.hone.network.Value;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Layers in ONNX Runtime against sums by hand. */
class LayerSumsTest {
  /** Two channels of two rows and two columns. */
  private static final float[] IMAGE = {1, -2, 3, -4, 5, -6, 7, -8};

  private static final ImageShape SHAPE = new ImageShape(2, 2, 2);

  /** Returns what both files make of the image. */
  private static void expect(
      UnaryOperator<Value> architecture, Map<String, float[]> weights, double... expected) {
    expect(SHAPE, IMAGE, architecture, weights, expected);
  }

  private static void expect(
      ImageShape shape,
      float[] image,
      UnaryOperator<Value> architecture,
      Map<String, float[]> weights,
      double... expected) {
    Network network = Network.of(shape, architecture);
    Tensor images = Tensor.images(1, shape);
    images.setRow(0, image);
    Weights all = new Weights(weights);
    float[] trainable =
        RuntimeResult.of(OnnxNetwork.of("test", network, all).model(), images).values();
    float[] folded =
        RuntimeResult.of(OnnxExport.model("test", network, all, "out"), images).values();
    assertThat(trainable).hasSize(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) trainable[i]).isCloseTo(expected[i], Offset.offset(1e-5));
      assertThat((double) folded[i]).isCloseTo(expected[i], Offset.offset(1e-5));
    }
  }

  @Test
  void additionMultiplicationAndConcatenation() {
    UnaryOperator<Value> sum = image -> image.then(new Joint.Add(), image);
    expect(sum, Map.of(), 2, -4, 6, -8, 10, -12, 14, -16);
    UnaryOperator<Value> product = image -> image.then(new Joint.Multiply(), image);
    expect(product, Map.of(), 1, 4, 9, 16, 25, 36, 49, 64);
    UnaryOperator<Value> both =
        image ->
            image
                .then(GlobalPooling.largest())
                .then(new Joint.Concatenate(), image.then(GlobalPooling.average()));
    expect(both, Map.of(), 3, 7, -0.5, -0.5);
  }

  @Test
  void oneChannelGatesAllOthers() {
    Layer.Convolution difference =
        new Layer.Convolution(1, 1, 1, Padding.SAME, Activation.NONE).withoutBias();
    UnaryOperator<Value> gate = image -> image.then(difference).then(new Joint.Multiply(), image);
    // The second channel less the first: 4, -4, 4, -4.
    Map<String, float[]> weights = Map.of("conv1.kernel", new float[] {-1, 1});
    expect(gate, weights, 4, 8, 12, 16, 20, 24, 28, 32);
  }

  @Test
  void activations() {
    UnaryOperator<Value> leaky = image -> image.then(new LeakyRelu(0.5f));
    expect(leaky, Map.of(), 1, -1, 3, -2, 5, -3, 7, -4);
    UnaryOperator<Value> channels = image -> image.then(new PRelu(true));
    Map<String, float[]> slopes = Map.of("prelu1.slope", new float[] {0.5f, -1});
    expect(channels, slopes, 1, -1, 3, -2, 5, 6, 7, 8);
    UnaryOperator<Value> shared = image -> image.then(new PRelu(false));
    expect(shared, Map.of("prelu1.slope", new float[] {2}), 1, -4, 3, -8, 5, -12, 7, -16);
    UnaryOperator<Value> gain = image -> image.then(new Gain(0));
    expect(gain, Map.of("gain1.factor", new float[] {3}), 3, -6, 9, -12, 15, -18, 21, -24);
    UnaryOperator<Value> relu = image -> image.then(new Activated(Activation.RELU));
    expect(relu, Map.of(), 1, 0, 3, 0, 5, 0, 7, 0);
    UnaryOperator<Value> mean =
        image -> image.then(GlobalPooling.average()).then(new Activated(Activation.TANH));
    expect(mean, Map.of(), Math.tanh(-0.5), Math.tanh(-0.5));
    UnaryOperator<Value> share =
        image -> image.then(GlobalPooling.average()).then(new Activated(Activation.SIGMOID));
    expect(share, Map.of(), 1 / (1 + Math.exp(0.5)), 1 / (1 + Math.exp(0.5)));
  }

  @Test
  void slopesOfFeaturesFollowTheOrderOfTheFlattening() {
    UnaryOperator<Value> flat = image -> image.then(new Layer.Flatten()).then(new PRelu(true));
    // Channels last: each pixel's two slopes are behind one another.
    float[] slopes = {1, 2, 3, 4, 5, 6, 7, 8};
    expect(flat, Map.of("prelu1.slope", slopes), 1, -2 * 3, 3, -4 * 7, 5, -6 * 4, 7, -8 * 8);
  }

  @Test
  void normalisationOfFeatures() {
    UnaryOperator<Value> flat =
        image -> image.then(GlobalPooling.largest()).then(new Layer.BatchNormalization(0.5f));
    Map<String, float[]> weights =
        Map.of(
            "norm1.gamma", new float[] {2, 3},
            "norm1.beta", new float[] {1, -1},
            "norm1.mean", new float[] {1, 4},
            "norm1.variance", new float[] {0.5f, 3.5f});
    expect(flat, weights, (3 - 1) * 2 + 1, (7 - 4) / 2.0 * 3 - 1);
  }

  @Test
  void normalisationBehindAConvolutionMayTurnSigns() {
    UnaryOperator<Value> turned =
        image ->
            image
                .then(new Layer.Convolution(1, 2, 2, Padding.VALID, Activation.NONE))
                .then(new Layer.BatchNormalization(0.5f))
                .then(new Activated(Activation.RELU));
    Map<String, float[]> weights =
        Map.of(
            // Row, column, channel: the sum of the first row, and twice that of the second.
            "conv1.kernel", new float[] {1, 1, 1, 1, 2, 2, 2, 2},
            "conv1.bias", new float[] {1},
            "norm1.gamma", new float[] {-2},
            "norm1.beta", new float[] {1},
            "norm1.mean", new float[] {3},
            "norm1.variance", new float[] {3.5f});
    // -2 + 2 * -2 + 1 is -5, less 3 is -8, and by 2 -4, by -2 is 8, and 1 more.
    expect(turned, weights, 9);
  }

  @Test
  void blocksOfPixelsTakeChannelsInPyTorchsOrder() {
    UnaryOperator<Value> shuffle = image -> image.then(new PixelShuffle(2));
    float[] channels = {0, 1, 10, 11, 20, 21, 30, 31, 40, 41, 50, 51, 60, 61, 70, 71};
    expect(
        new ImageShape(8, 1, 2),
        channels,
        shuffle,
        Map.of(),
        new double[] {0, 10, 1, 11, 20, 30, 21, 31, 40, 50, 41, 51, 60, 70, 61, 71});
  }

  @Test
  void eachPixelAttendsToAllKeys() {
    UnaryOperator<Value> attention =
        image ->
            image.then(
                new Joint.Attention(),
                image.then(new Layer.MaxPooling(2)).then(new Layer.UpSampling(2)),
                image.then(new Activated(Activation.TANH)));
    // All keys are alike, so each pixel takes the plain mean of the values.
    double first = (Math.tanh(1) - Math.tanh(2) + Math.tanh(3) - Math.tanh(4)) / 4;
    double second = (Math.tanh(5) - Math.tanh(6) + Math.tanh(7) - Math.tanh(8)) / 4;
    expect(attention, Map.of(), first, first, first, first, second, second, second, second);
  }

  @Test
  void attentionWeighsByTheProductsOfChannels() {
    ImageShape shape = new ImageShape(2, 2, 3);
    float[] image = {0.1f, 0.9f, -0.3f, 0.4f, 0.5f, -0.6f, 0.7f, -0.8f, 0.2f, 1, -0.1f, 0.3f};
    Layer.Convolution first =
        new Layer.Convolution(1, 1, 1, Padding.SAME, Activation.NONE).withoutBias();
    UnaryOperator<Value> attention =
        in ->
            in.then(
                new Joint.Attention(),
                in.then(new Gain(1)),
                in.then(new Layer.AveragePooling(1)).then(first));
    float[] kernel = {2, -1};
    double[] expected = new double[6];
    for (int pixel = 0; pixel < 6; pixel++) {
      double sum = 0;
      double weighed = 0;
      for (int key = 0; key < 6; key++) {
        double product = 1.5 * image[key] * image[pixel] + 1.5 * image[6 + key] * image[6 + pixel];
        double share = Math.exp(product);
        sum += share;
        weighed += share * (kernel[0] * image[key] + kernel[1] * image[6 + key]);
      }
      expected[pixel] = weighed / sum;
    }
    Map<String, float[]> weights =
        Map.of("gain1.factor", new float[] {1.5f}, "conv1.kernel", kernel);
    expect(shape, image, attention, weights, expected);
  }
}
