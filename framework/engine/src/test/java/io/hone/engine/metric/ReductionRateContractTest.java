package io.hone.engine.metric;

import io.hone.testkit.MetricContractTest;

class ReductionRateContractTest extends MetricContractTest<ReductionRate.Params> {
  ReductionRateContractTest() {
    super(new ReductionRate());
  }
}
