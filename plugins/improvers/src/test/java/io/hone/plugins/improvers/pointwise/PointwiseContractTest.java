package io.hone.plugins.improvers.pointwise;

import io.hone.testkit.ImproverContractTest;

class PointwiseContractTest extends ImproverContractTest<Pointwise.Params> {
  PointwiseContractTest() {
    super(new Pointwise());
  }
}
