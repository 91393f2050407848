package io.hone.network;

import io.hone.api.Component;
import io.hone.api.model.Task;
import io.hone.api.stability.Stability;

/**
 * The layers of a network for images of any shape: what a training scenario names at {@code
 * architecture}.
 *
 * <pre>{@code
 * public Value build(Params parameters, Value image, int classes) {
 *   return image
 *       .then(new Layer.Convolution(parameters.filters(), 3, 1, Padding.SAME, Activation.RELU))
 *       .then(GlobalPooling.average())
 *       .then(new Layer.Dense(classes, Activation.NONE));
 * }
 * }</pre>
 *
 * <p>What the contract test demands (rules N1 to N3 of {@code docs/plugins.md}): the layers depend
 * on the arguments alone, the output is what {@link #task} promises, and the network has something
 * to learn. Weights are named by their layers, so a change of the layers makes older checkpoints
 * useless.
 *
 * @param <P> the record of parameters
 */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
public interface Architecture<P extends Record> extends Component<P> {
  /** Returns what the network does. Trainers of classifiers take classifiers alone. */
  Task task();

  /**
   * Returns the output that the layers make of an image.
   *
   * <p>A {@link Task#CLASSIFIER} returns one logit for each class, in a row and without an
   * activation. A network of {@link Task#IMAGE_TO_IMAGE} returns an image of the shape that it
   * reads, with values in [0, 1].
   *
   * @param image what the network reads; it tells its shape
   * @param classes number of classes, at least 1; 0 if the network returns images
   * @throws io.hone.api.BadInputException if the layers cannot take such images; {@link Value#then}
   *     throws it with the name of the layer
   */
  Value build(P parameters, Value image, int classes);
}
