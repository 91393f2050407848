package io.hone.testkit;

import io.hone.core.metrics.DistanceFigures;

class DistanceFiguresContractTest extends MetricContractTest<DistanceFigures.Params> {
  DistanceFiguresContractTest() {
    super(new DistanceFigures());
  }
}
