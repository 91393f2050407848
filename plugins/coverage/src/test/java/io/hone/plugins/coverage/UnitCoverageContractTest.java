package io.hone.plugins.coverage;

import io.hone.testkit.MetricContractTest;
import java.util.List;

class UnitCoverageContractTest extends MetricContractTest<NeuronCoverage.Params> {
  UnitCoverageContractTest() {
    super(new NeuronCoverage());
  }

  @Override
  protected NeuronCoverage.Params parameters() {
    return new NeuronCoverage.Params(
        List.of(),
        Neurons.UNIT,
        List.of(CoverageCriterion.NBC, CoverageCriterion.KMNC),
        false,
        List.of(0.0, 0.5),
        List.of(1, 4),
        1000);
  }
}
