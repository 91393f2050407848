package io.hone.plugins.improvers.order;

import io.hone.testkit.ImproverContractTest;

class RankedAtRandomContractTest extends ImproverContractTest<Ranked.Params> {
  RankedAtRandomContractTest() {
    super(new Ranked());
  }

  @Override
  protected Ranked.Params parameters() {
    return new Ranked.Params(Order.RANDOM, Unit.FEATURE, 0, Rerank.ALL, 0.5, 0);
  }
}
