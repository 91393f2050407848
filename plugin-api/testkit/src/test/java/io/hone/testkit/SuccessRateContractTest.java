package io.hone.testkit;

import io.hone.core.metrics.SuccessRate;

class SuccessRateContractTest extends MetricContractTest<SuccessRate.Params> {
  SuccessRateContractTest() {
    super(new SuccessRate());
  }
}
