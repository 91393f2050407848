package io.hone.network;

import io.hone.api.stability.Stability;
import java.util.List;

/** A layer that reads one value. */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
public sealed interface OneInput extends Layer
    permits Activated,
        Gain,
        GlobalPooling,
        Layer.AveragePooling,
        Layer.BatchNormalization,
        Layer.Convolution,
        Layer.Dense,
        Layer.Dropout,
        Layer.Flatten,
        Layer.MaxPooling,
        Layer.UpSampling,
        LeakyRelu,
        PRelu,
        PixelShuffle {
  /**
   * Returns what the layer makes of a value.
   *
   * @throws IllegalArgumentException if the layer cannot take it
   */
  Form form(Form input);

  @Override
  default Form form(List<Form> inputs) {
    if (inputs.size() != 1) {
      throw new IllegalArgumentException("takes one value, not " + inputs.size());
    }
    return form(inputs.get(0));
  }

  /** Adds the layer to a graph. */
  <V> V emitOne(LayerEmitter<V> emitter, Stage stage, V input);

  @Override
  default <V> V emit(LayerEmitter<V> emitter, Stage stage, List<V> inputs) {
    return emitOne(emitter, stage, inputs.get(0));
  }
}
