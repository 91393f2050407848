package io.hone.network;

import io.hone.api.stability.Stability;
import java.util.Locale;

/**
 * An activation as a layer of its own, such as behind a normalisation.
 *
 * @param activation not {@link Activation#NONE}
 */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
public record Activated(Activation activation) implements OneInput {
  /** Refuses a layer that does nothing. */
  public Activated {
    if (activation == Activation.NONE) {
      throw new IllegalArgumentException("an activation of nothing is no layer; leave it out");
    }
  }

  @Override
  public String word() {
    return activation.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public Form form(Form input) {
    return input;
  }

  @Override
  public <V> V emitOne(LayerEmitter<V> emitter, Stage stage, V input) {
    return emitter.activated(stage, this, input);
  }

  @Override
  public String describe() {
    return "Activation " + word();
  }
}
