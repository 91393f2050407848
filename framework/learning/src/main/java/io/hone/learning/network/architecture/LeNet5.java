package io.hone.learning.network.architecture;

import io.hone.api.Named;
import io.hone.api.model.Task;
import io.hone.network.Activation;
import io.hone.network.Architecture;
import io.hone.network.Layer.AveragePooling;
import io.hone.network.Layer.Convolution;
import io.hone.network.Layer.Dense;
import io.hone.network.Layer.Flatten;
import io.hone.network.Padding;
import io.hone.network.Value;
import java.util.List;
import org.pf4j.Extension;

/**
 * LeNet-5 (LeCun et al. 1998) in the form that Nguyen et al. attack: 3x3 windows, ReLU, average
 * pooling.
 *
 * <p>Their published weights also pass the logits through ReLU; that is left out, because it kills
 * the gradient of every class with a negative logit.
 */
@Named(
    id = "lenet5",
    summary = "LeNet-5 with windows of 3x3, ReLU and average pooling, for digits.",
    references = "LeCun et al. 1998")
@Extension
public final class LeNet5 implements Architecture<LeNet5.Params> {
  /** The network has no parameters. */
  public record Params() {}

  @Override
  public Task task() {
    return Task.CLASSIFIER;
  }

  @Override
  public Value build(Params parameters, Value image, int classes) {
    return image.through(
        List.of(
            new Convolution(6, 3, 1, Padding.VALID, Activation.RELU),
            new AveragePooling(2),
            new Convolution(16, 3, 1, Padding.VALID, Activation.RELU),
            new AveragePooling(2),
            new Flatten(),
            new Dense(120, Activation.RELU),
            new Dense(84, Activation.RELU),
            new Dense(classes, Activation.NONE)));
  }
}
