package io.hone.plugins.coverage;

import io.hone.testkit.MetricContractTest;
import java.util.List;

class NeuronCoverageContractTest extends MetricContractTest<NeuronCoverage.Params> {
  NeuronCoverageContractTest() {
    super(new NeuronCoverage());
  }

  @Override
  protected NeuronCoverage.Params parameters() {
    return new NeuronCoverage.Params(
        List.of(),
        Neurons.CHANNEL_MEAN,
        List.of(CoverageCriterion.values()),
        true,
        List.of(0.0, 0.5),
        List.of(1, 4),
        10);
  }
}
