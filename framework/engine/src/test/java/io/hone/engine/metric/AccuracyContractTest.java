package io.hone.engine.metric;

import io.hone.testkit.MetricContractTest;

class AccuracyContractTest extends MetricContractTest<Accuracy.Params> {
  AccuracyContractTest() {
    super(new Accuracy());
  }
}
