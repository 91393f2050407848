package io.hone.dl4j.samediff;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.data.ImageShape;
import io.hone.learning.network.Weights;
import io.hone.network.Activated;
import io.hone.network.Activation;
import io.hone.network.GlobalPooling;
import io.hone.network.Joint;
import io.hone.network.Layer;
import io.hone.network.Network;
import io.hone.network.Value;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class SupportedLayersTest {
  private static final ImageShape SHAPE = new ImageShape(3, 4, 4);

  private static Network network(UnaryOperator<Value> layers) {
    return Network.of(SHAPE, layers);
  }

  @Test
  void everyLayerThatSameDiffLacksIsNamed() {
    Network network =
        network(
            image ->
                image
                    .then(new Joint.Add(), image)
                    .then(new Activated(Activation.RELU))
                    .then(GlobalPooling.average())
                    .then(new Layer.BatchNormalization(1e-3f)));
    String message =
        "SameDiff cannot hold add1 (Add), global1 (GlobalAveragePooling, of features), norm1"
            + " (BatchNormalization, of features)";
    assertThatThrownBy(() -> SupportedLayers.require(network))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> new InferenceGraph(network, new Weights(Map.of())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void chainsOfItsLayersPass() {
    Network network =
        network(
            image ->
                image
                    .then(new Layer.BatchNormalization(1e-3f))
                    .then(new Activated(Activation.TANH))
                    .then(new Layer.Flatten())
                    .then(new Layer.Dense(2, Activation.NONE)));
    assertThatCode(() -> SupportedLayers.require(network)).doesNotThrowAnyException();
  }
}
