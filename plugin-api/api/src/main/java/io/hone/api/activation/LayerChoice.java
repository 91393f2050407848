package io.hone.api.activation;

import io.hone.api.stability.Stability;
import java.util.List;

/**
 * Which values inside a network somebody wants to see.
 *
 * @param names of values as the model file has them, in which {@code *} stands for any letters;
 *     empty for what all activation functions return
 */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
public record LayerChoice(List<String> names) {
  /** Copies the list. */
  public LayerChoice {
    names = List.copyOf(names);
  }
}
