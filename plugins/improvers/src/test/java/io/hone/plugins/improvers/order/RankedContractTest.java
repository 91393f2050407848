package io.hone.plugins.improvers.order;

import io.hone.testkit.ImproverContractTest;

class RankedContractTest extends ImproverContractTest<Ranked.Params> {
  RankedContractTest() {
    super(new Ranked());
  }
}
