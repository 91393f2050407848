package io.hone.testkit.guide;

import io.hone.api.Named;
import io.hone.api.Param;
import io.hone.api.model.Task;
import io.hone.network.Activation;
import io.hone.network.Architecture;
import io.hone.network.GlobalPooling;
import io.hone.network.Joint;
import io.hone.network.Layer;
import io.hone.network.Padding;
import io.hone.network.Value;
import org.pf4j.Extension;

/** Tells classes apart by convolutions with a shortcut around each. */
@Named(
    id = "shortcuts",
    summary = "Tells classes apart by convolutions with a shortcut around each.",
    example = "{filters: 4, blocks: 1}")
@Extension
public final class Shortcuts implements Architecture<Shortcuts.Params> {
  /** Parameters of the architecture. */
  public record Params(
      @Param(value = "Filters of each convolution.", def = "16", min = 1, max = 1024) int filters,
      @Param(value = "Convolutions with a shortcut.", def = "2", min = 0, max = 100) int blocks) {}

  @Override
  public Task task() {
    return Task.CLASSIFIER;
  }

  @Override
  public Value build(Params parameters, Value image, int classes) {
    Value value = image.then(convolution(parameters.filters(), 2));
    for (int block = 0; block < parameters.blocks(); block++) {
      value = value.then(convolution(parameters.filters(), 1)).then(new Joint.Add(), value);
    }
    return value.then(GlobalPooling.average()).then(new Layer.Dense(classes, Activation.NONE));
  }

  private static Layer convolution(int filters, int stride) {
    return new Layer.Convolution(filters, 3, stride, Padding.SAME, Activation.RELU);
  }
}
