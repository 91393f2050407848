package io.hone.learning.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.learning.network.Weights;
import io.hone.learning.network.architecture.SelfAttention;
import io.hone.network.Network;
import io.hone.network.WeightSpec;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.training.TrainableWeights;
import io.hone.onnx.training.Weight;
import io.hone.testkit.TestArchitectures;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OnnxNetworkTest {
  private static final ImageShape DIGIT = new ImageShape(1, 28, 28);
  private static final ImageShape COLOUR = new ImageShape(3, 32, 32);

  static Stream<Arguments> networks() {
    ImageShape wide = new ImageShape(3, 16, 12);
    return Stream.of(
        Arguments.of("LeNet-5", TestArchitectures.classifier("lenet5").network(DIGIT, 10)),
        Arguments.of("LeNet-5, colours", TestArchitectures.classifier("lenet5").network(wide, 4)),
        Arguments.of("AlexNet", TestArchitectures.classifier("alexnet").network(COLOUR, 10)),
        Arguments.of("Table 2", TestArchitectures.imageToImage("stacked-conv").network(wide)),
        Arguments.of("denoiser", TestArchitectures.imageToImage("denoiser").network(wide)),
        Arguments.of("every layer", Network.of(wide, new EveryLayer(5))),
        Arguments.of("self-attention", Network.of(wide, SelfAttention::of)),
        Arguments.of("small VGG", TestArchitectures.classifier("small-vgg").network(wide, 4)),
        Arguments.of("ResNet-20", TestArchitectures.classifier("resnet20").network(wide, 4)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void returnsWhatTheFoldedFileReturns(String name, Network network) {
    Weights weights = Drawn.weights(network, 3);
    OnnxNetwork onnx = OnnxNetwork.of("test", network, weights);
    Tensor images = Drawn.images(3, network.input(), 4);
    RuntimeResult actual = RuntimeResult.of(onnx.model(), images);
    RuntimeResult expected =
        RuntimeResult.of(OnnxExport.model("test", network, weights, "out"), images);
    assertThat(actual.shape()).isEqualTo(expected.shape());
    double largest = 0;
    for (float value : expected.values()) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat(largest).isGreaterThan(0.1);
    for (int i = 0; i < actual.values().length; i++) {
      assertThat((double) actual.values()[i])
          .isCloseTo(expected.values()[i], within(1e-4 * largest));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void itsWeightsAreThoseThatTheNetworkLearns(String name, Network network) {
    OnnxNetwork onnx = OnnxNetwork.of("test", network, Drawn.weights(network, 5));
    OnnxModel model = OnnxModel.of(onnx.model(), "test");
    TrainableWeights found = TrainableWeights.of(model, onnx.output());
    List<Weight> all = Stream.concat(found.weights().stream(), found.numbers().stream()).toList();
    assertThat(all.stream().map(Weight::name))
        .containsExactlyInAnyOrderElementsOf(names(network, true));
    assertThat(found.statistics()).containsExactlyElementsOf(names(network, false));
    assertThat(found.numbers()).allMatch(number -> number.name().endsWith(".factor"));
    assertThat(onnx.trainable()).isEqualTo(names(network, true));
  }

  private static List<String> names(Network network, boolean trainable) {
    return network.weights().stream()
        .filter(spec -> spec.trainable() == trainable)
        .map(WeightSpec::name)
        .toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void weightsComeBackAsTheyWere(String name, Network network) {
    Weights weights = Drawn.weights(network, 6);
    OnnxNetwork onnx = OnnxNetwork.of("test", network, weights);
    Weights back = new WeightLayout(network).fromOnnx(contents(onnx));
    assertThat(back.values().keySet()).containsExactlyElementsOf(weights.values().keySet());
    weights.values().forEach((weight, numbers) -> assertThat(back.get(weight)).isEqualTo(numbers));
  }

  private static Map<String, float[]> contents(OnnxNetwork onnx) {
    Map<String, float[]> contents = new LinkedHashMap<>();
    for (OnnxMl.TensorProto tensor : onnx.model().getGraph().getInitializerList()) {
      float[] content = new float[tensor.getRawData().size() / Float.BYTES];
      tensor
          .getRawData()
          .asReadOnlyByteBuffer()
          .order(ByteOrder.LITTLE_ENDIAN)
          .asFloatBuffer()
          .get(content);
      contents.put(tensor.getName(), content);
    }
    return contents;
  }

  @Test
  void normalisationsAndDropoutsStayNodesOfTheirStagesNames() {
    OnnxNetwork onnx = onnx(TestArchitectures.classifier("alexnet").network(COLOUR, 10));
    OnnxMl.NodeProto norm = node(onnx, "norm1");
    assertThat(norm.getOpType()).isEqualTo("BatchNormalization");
    assertThat(norm.getAttributeList())
        .extracting(OnnxMl.AttributeProto::getName, OnnxMl.AttributeProto::getF)
        .containsExactly(tuple("epsilon", 1e-3f), tuple("momentum", 0.95f));
    OnnxMl.NodeProto dropout = node(onnx, "drop2");
    assertThat(dropout.getOpType()).isEqualTo("Dropout");
    assertThat(contents(onnx).get(dropout.getInput(1))).containsExactly(0.2f);
  }

  @Test
  void tellsTheValueBeforeASigmoid() {
    OnnxNetwork autoencoder = onnx(TestArchitectures.imageToImage("stacked-conv").network(DIGIT));
    assertThat(autoencoder.output()).isEqualTo("image_out");
    assertThat(autoencoder.beforeSigmoid()).contains("conv9");
    assertThat(node(autoencoder, "conv9").getOpType()).isEqualTo("Conv");
    OnnxNetwork classifier = onnx(TestArchitectures.classifier("lenet5").network(DIGIT, 10));
    assertThat(classifier.output()).isEqualTo("logits");
    assertThat(classifier.beforeSigmoid()).isEmpty();
  }

  @Test
  void weightsOfAnotherNetworkAreRefused() {
    Network ten = TestArchitectures.classifier("lenet5").network(DIGIT, 10);
    Weights four =
        Weights.start(
            TestArchitectures.classifier("lenet5").network(DIGIT, 4), new SplittableRandom(1));
    assertThatThrownBy(() -> OnnxNetwork.of("test", ten, four))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "weight dense3.matrix takes 840 numbers, not 336; give it weights of the same network");
  }

  @Test
  void contentsMustNameEveryWeight() {
    OnnxNetwork onnx = onnx(TestArchitectures.classifier("lenet5").network(DIGIT, 10));
    Map<String, float[]> contents = contents(onnx);
    contents.remove("dense2.bias");
    WeightLayout layout = new WeightLayout(onnx.network());
    assertThatThrownBy(() -> layout.fromOnnx(contents))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("no content of weight dense2.bias; give one for each of [conv1.");
  }

  private static OnnxNetwork onnx(Network network) {
    return OnnxNetwork.of("test", network, Drawn.weights(network, 7));
  }

  private static OnnxMl.NodeProto node(OnnxNetwork onnx, String name) {
    return onnx.model().getGraph().getNodeList().stream()
        .filter(node -> node.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
