package io.hone.network;

import io.hone.api.stability.Stability;

/**
 * {@code x} above 0, {@code slope * x} below: Maas et al. 2013.
 *
 * @param slope at least 0 and below 1
 */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
public record LeakyRelu(float slope) implements OneInput {
  /** Checks the slope. */
  public LeakyRelu {
    if (!(slope >= 0 && slope < 1)) {
      throw new IllegalArgumentException("a slope is at least 0 and below 1, not " + slope);
    }
  }

  @Override
  public String word() {
    return "leaky";
  }

  @Override
  public Form form(Form input) {
    return input;
  }

  @Override
  public <V> V emitOne(LayerEmitter<V> emitter, Stage stage, V input) {
    return emitter.leakyRelu(stage, this, input);
  }

  @Override
  public String describe() {
    return "LeakyReLU " + slope;
  }
}
