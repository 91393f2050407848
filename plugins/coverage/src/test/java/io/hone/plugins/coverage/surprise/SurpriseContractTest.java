package io.hone.plugins.coverage.surprise;

import io.hone.api.activation.NeuronLayer;
import io.hone.api.activation.NeuronLayer.Order;
import io.hone.testkit.MetricContractTest;
import java.util.List;

class SurpriseContractTest extends MetricContractTest<Surprise.Params> {
  SurpriseContractTest() {
    super(new Surprise());
  }

  /** Few enough neurons for densities of a few images of each class. */
  @Override
  protected List<NeuronLayer> layers() {
    return List.of(
        new NeuronLayer("gelu", "Mul", 2, 3, Order.CHANNELS_LAST, true),
        new NeuronLayer("tanh", "Tanh", 1, 1, Order.CHANNELS_FIRST, true));
  }
}
