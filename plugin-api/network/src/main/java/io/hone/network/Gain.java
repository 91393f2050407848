package io.hone.network;

import io.hone.api.stability.Stability;
import io.hone.network.WeightSpec.Start.Constant;
import java.util.List;

/**
 * A value times one number that is learned. A branch whose gain starts at 0 adds nothing at first.
 *
 * @param start of the number
 */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
public record Gain(float start) implements OneInput {
  @Override
  public String word() {
    return "gain";
  }

  @Override
  public Form form(Form input) {
    return input;
  }

  @Override
  public List<WeightSpec> weights(Stage stage) {
    return List.of(new WeightSpec(stage.weight("factor"), List.of(1), new Constant(start), true));
  }

  @Override
  public <V> V emitOne(LayerEmitter<V> emitter, Stage stage, V input) {
    return emitter.gain(stage, this, input);
  }

  @Override
  public String describe() {
    return "Gain from " + start;
  }
}
