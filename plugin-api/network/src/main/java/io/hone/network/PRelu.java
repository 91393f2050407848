package io.hone.network;

import io.hone.api.stability.Stability;
import io.hone.network.WeightSpec.Start.Constant;
import java.util.List;

/**
 * {@code x} above 0, {@code slope * x} below, with a slope that is learned: He et al. 2015. Slopes
 * start at 0.25.
 *
 * @param perChannel whether each channel has a slope of its own
 */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
public record PRelu(boolean perChannel) implements OneInput {
  private static final float START = 0.25f;

  @Override
  public String word() {
    return "prelu";
  }

  @Override
  public Form form(Form input) {
    return input;
  }

  @Override
  public List<WeightSpec> weights(Stage stage) {
    int slopes = perChannel ? stage.in().channels() : 1;
    return List.of(
        new WeightSpec(stage.weight("slope"), List.of(slopes), new Constant(START), true));
  }

  @Override
  public <V> V emitOne(LayerEmitter<V> emitter, Stage stage, V input) {
    return emitter.prelu(stage, this, input);
  }

  @Override
  public String describe() {
    return perChannel ? "PReLU" : "PReLU of one slope";
  }
}
