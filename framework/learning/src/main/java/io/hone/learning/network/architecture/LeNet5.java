package io.hone.learning.network.architecture;

import io.hone.api.data.ImageShape;
import io.hone.network.Activation;
import io.hone.network.Chain;
import io.hone.network.Layer;
import io.hone.network.Layer.AveragePooling;
import io.hone.network.Layer.Convolution;
import io.hone.network.Layer.Dense;
import io.hone.network.Layer.Flatten;
import io.hone.network.Padding;
import java.util.List;

/**
 * LeNet-5 (LeCun et al. 1998) in the form that Nguyen et al. attack: 3x3 windows, ReLU, average
 * pooling.
 *
 * <p>Their published weights also pass the logits through ReLU; that is left out, because it kills
 * the gradient of every class with a negative logit.
 */
public final class LeNet5 implements Chain {
  @Override
  public List<Layer> layers(ImageShape input, int classes) {
    return List.of(
        new Convolution(6, 3, 1, Padding.VALID, Activation.RELU),
        new AveragePooling(2),
        new Convolution(16, 3, 1, Padding.VALID, Activation.RELU),
        new AveragePooling(2),
        new Flatten(),
        new Dense(120, Activation.RELU),
        new Dense(84, Activation.RELU),
        new Dense(classes, Activation.NONE));
  }
}
