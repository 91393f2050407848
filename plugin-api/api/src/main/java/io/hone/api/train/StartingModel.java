package io.hone.api.train;

import io.hone.api.model.ModelCard;
import io.hone.api.stability.Stability;
import java.util.List;

/**
 * A model that a training starts from. The training makes the same file with other weights.
 *
 * @param card of the model
 * @param weights what becomes of the weights in the file
 * @param only which weights are trained: names, names with {@code *} for any characters, or {@code
 *     last} for the layer that makes the logits; empty for all
 */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
public record StartingModel(ModelCard card, Weights weights, List<String> only) {
  /** What becomes of the weights in the file. */
  public enum Weights {
    /** They are where the training starts. */
    KEPT,
    /** The training starts from random numbers in their place. */
    FRESH
  }

  /** Copies the list. */
  public StartingModel {
    only = List.copyOf(only);
  }
}
