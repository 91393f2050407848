package io.hone.learning.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl;
import io.hone.api.BadInputException;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.learning.network.Weights;
import io.hone.network.Activated;
import io.hone.network.Activation;
import io.hone.network.GlobalPooling;
import io.hone.network.Joint;
import io.hone.network.Layer;
import io.hone.network.Network;
import io.hone.network.Padding;
import io.hone.network.Value;
import io.hone.testkit.TestArchitectures;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks whose weights serve images of many sizes. */
class AnySizeNetworkTest {
  private static final ImageShape OWN = new ImageShape(2, 12, 12);

  /** Has every layer whose nodes depend on the size of the images, and pools all pixels. */
  private static Value pooled(Value image) {
    Value stem = image.then(convolution(4, 3, 1));
    Value halved =
        stem.then(convolution(4, 3, 2)).then(new Joint.Add(), stem.then(convolution(4, 1, 2)));
    Value attended = stem.then(new Joint.Attention(), halved, halved.then(convolution(6, 4, 1)));
    return attended
        .then(new Activated(Activation.TANH))
        .then(new Layer.Convolution(5, 5, 3, Padding.VALID, Activation.NONE))
        .then(GlobalPooling.average())
        .then(new Layer.Dense(3, Activation.NONE));
  }

  private static Layer convolution(int filters, int kernel, int stride) {
    return new Layer.Convolution(filters, kernel, stride, Padding.SAME, Activation.RELU);
  }

  private static void assertSameOutputs(Network own, int height, int width) {
    Weights weights = Drawn.weights(own, 5);
    ImageShape other = new ImageShape(OWN.channels(), height, width);
    Tensor images = Drawn.images(3, other, 6);
    OnnxMl.ModelProto model = OnnxNetwork.ofAnySize("any", own, weights).model();
    RuntimeResult expected =
        RuntimeResult.of(OnnxNetwork.of("other", own.at(other), weights).model(), images);
    RuntimeResult found = RuntimeResult.of(model, images);
    assertThat(found.shape()).containsExactly(3, 3);
    assertThat(found.values()).containsExactly(expected.values(), within(1e-5f));
  }

  @ParameterizedTest
  @ValueSource(ints = {9, 10, 11, 12, 13, 16})
  void oneFileComputesWhatTheLayersDoAtEachSize(int size) {
    assertSameOutputs(Network.of(OWN, AnySizeNetworkTest::pooled), size, size);
    assertSameOutputs(Network.of(OWN, AnySizeNetworkTest::pooled), size, 14);
    assertSameOutputs(TestArchitectures.classifier("resnet20").network(OWN, 3), size, size);
  }

  @Test
  void onlyAFileOfAnySizeLeavesHeightAndWidthOpen() {
    Network network = TestArchitectures.classifier("resnet20").network(OWN, 3);
    Weights weights = Drawn.weights(network, 5);
    assertThat(dimensions(OnnxNetwork.ofAnySize("any", network, weights).model()))
        .containsExactly("N", "2", "height", "width");
    assertThat(dimensions(OnnxNetwork.of("fixed", network, weights).model()))
        .containsExactly("N", "2", "12", "12");
  }

  private static List<String> dimensions(OnnxMl.ModelProto model) {
    return model.getGraph().getInput(0).getType().getTensorType().getShape().getDimList().stream()
        .map(size -> size.hasDimParam() ? size.getDimParam() : "" + size.getDimValue())
        .toList();
  }

  @Test
  void aLayerWhoseWeightsDependOnTheSizeIsNamed() {
    Network network = TestArchitectures.classifier("lenet5").network(OWN, 3);
    assertThat(network.at(new ImageShape(2, 13, 12)).weights())
        .as("pools drop the last row")
        .isEqualTo(network.weights());
    assertThatThrownBy(() -> network.at(new ImageShape(2, 14, 14)))
        .isInstanceOf(BadInputException.class)
        .hasMessage(
            "dense1 (Dense 120, relu) has weights of [16, 120] for images of 2x12x12, and of [64,"
                + " 120] for images of 2x14x14");
    assertThatThrownBy(() -> network.at(new ImageShape(2, 5, 5)))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith("conv2 (Convolution 16 of 3x3, valid, relu) takes windows of 3x3");
    assertThatThrownBy(
            () ->
                TestArchitectures.classifier("small-vgg")
                    .network(OWN, 3)
                    .at(new ImageShape(2, 16, 16)))
        .hasMessageStartingWith("dense1 ");
  }
}
