package io.hone.engine.metric;

import io.hone.testkit.MetricContractTest;

class SuccessRateContractTest extends MetricContractTest<SuccessRate.Params> {
  SuccessRateContractTest() {
    super(new SuccessRate());
  }
}
