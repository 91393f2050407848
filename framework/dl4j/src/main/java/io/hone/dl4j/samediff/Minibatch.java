package io.hone.dl4j.samediff;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The examples of one training step.
 *
 * @param images channels last
 * @param targets one-hot classes, or images with their channels last
 * @param masks what each {@link io.hone.network.Layer.Dropout} multiplies its input by, by the name
 *     that its stage gives the weight {@code mask}
 */
public record Minibatch(INDArray images, INDArray targets, Map<String, INDArray> masks) {
  /** Copies the map. */
  public Minibatch {
    masks = Map.copyOf(masks);
  }

  /** Creates a batch for a network without dropout. */
  public Minibatch(INDArray images, INDArray targets) {
    this(images, targets, Map.of());
  }

  /** Returns the same examples with masks. */
  public Minibatch with(Map<String, INDArray> otherMasks) {
    return new Minibatch(images, targets, otherMasks);
  }
}
