package io.hone.api.activation;

import io.hone.api.stability.Stability;
import java.util.List;

/**
 * Which values inside a network somebody wants to see.
 *
 * @param names of values as the model file has them, in which {@code *} stands for any letters;
 *     empty for what all activation functions return
 * @param last whether only the last of these values is wanted
 */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
public record LayerChoice(List<String> names, boolean last) {
  /** What the last activation function returns. */
  public static final LayerChoice LAST_ACTIVATION = new LayerChoice(List.of(), true);

  /** Copies the list. */
  public LayerChoice {
    names = List.copyOf(names);
  }

  /** Creates the choice of all values of some names. */
  public LayerChoice(List<String> names) {
    this(names, false);
  }
}
