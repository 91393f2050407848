package io.hone.testkit;

import io.hone.core.metrics.ReductionRate;

class ReductionRateContractTest extends MetricContractTest<ReductionRate.Params> {
  ReductionRateContractTest() {
    super(new ReductionRate());
  }
}
