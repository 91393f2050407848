package io.hone.testkit;

import io.hone.core.metrics.Accuracy;

class AccuracyContractTest extends MetricContractTest<Accuracy.Params> {
  AccuracyContractTest() {
    super(new Accuracy());
  }
}
