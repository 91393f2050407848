package io.hone.engine.metric;

import io.hone.testkit.MetricContractTest;

class DistanceFiguresContractTest extends MetricContractTest<DistanceFigures.Params> {
  DistanceFiguresContractTest() {
    super(new DistanceFigures());
  }
}
